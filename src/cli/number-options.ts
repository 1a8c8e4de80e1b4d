import { type Bilingual, ServiceError } from '../errors.ts';
import type { SizePx } from '../geo/frames.ts';

/** A parser for an option that is one number between bounds. */
export function numberOption(option: string, min = -Infinity, max = Infinity): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (value.trim() !== '' && number >= min && number <= max) return number;
    const range = Number.isFinite(min) && Number.isFinite(max) ? `, ${min} – ${max}` : '';
    return refuse(option, value, { en: `a number is needed${range}`, fr: `il faut un nombre${range}` });
  };
}

/** A parser for an option that is a whole number above 0. */
export function wholeOption(option: string): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number > 0) return number;
    return refuse(option, value, { en: 'a whole number is needed', fr: 'il faut un nombre entier' });
  };
}

/** A parser for `x,y,z`. */
export function tripleOption(option: string): (value: string) => readonly number[] {
  return (value) => {
    const numbers = value.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
    if (numbers.length === 3 && numbers.every(Number.isFinite)) return numbers;
    return refuse(option, value, { en: 'three numbers are needed: x,y,z', fr: 'il faut trois nombres : x,y,z' });
  };
}

/** A parser for `1920x1080`. */
export function sizeOption(option: string): (value: string) => SizePx {
  return (value) => {
    const [, width, height] = /^(\d+)[x×](\d+)$/i.exec(value.trim()) ?? [];
    const size = { widthPx: Number(width), heightPx: Number(height) };
    if (size.widthPx > 0 && size.heightPx > 0) return size;
    return refuse(option, value, { en: 'a size like 1920x1080 is needed', fr: 'il faut une taille comme 1920x1080' });
  };
}

/** A parser for names of a list, separated by commas. */
export function namesOption<Name extends string>(
  option: string,
  names: readonly Name[],
): (value: string) => readonly Name[] {
  const parse = nameOption(option, names);
  return (value) => value.split(',').map((part) => parse(part.trim()));
}

/** A parser for one name of a list. */
export function nameOption<Name extends string>(option: string, names: readonly Name[]): (value: string) => Name {
  return (value) => {
    const name = names.find((candidate) => candidate === value);
    const list = names.join(', ');
    return name ?? refuse(option, value, { en: `it is one of ${list}`, fr: `il faut un nom parmi ${list}` });
  };
}

function refuse(option: string, value: string, why: Bilingual): never {
  throw new ServiceError('bad-option', { option, value, why });
}
