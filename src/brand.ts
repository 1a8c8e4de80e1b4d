/** A string (or number) that cannot be mistaken for another one: `type PhotoId = Brand<string, 'PhotoId'>`. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };
