/**
 * Reads things one after the other, each while the one before it is worked on, so that two at most are held at a time.
 * @param isSmall Says of the thing read last whether the memory for another one is there; where not, reading waits.
 */
export async function* readAhead<Item, Thing>(
  items: Iterable<Item>,
  read: (item: Item) => Promise<Thing>,
  isSmall: (thing: Thing) => boolean,
): AsyncGenerator<Thing, void> {
  let next: Promise<Thing> | undefined;
  try {
    for (const item of items) {
      if (next) {
        const thing = await next;
        next = isSmall(thing) ? begin(read(item)) : undefined;
        yield thing;
      }
      next ??= begin(read(item));
    }
    if (next) yield await next;
  } finally {
    // whoever stops here finds nothing at work behind them
    await next?.catch(() => undefined);
  }
}

/** Nobody waits yet for what is read ahead: its failure shows when it is its turn. */
function begin<Thing>(reading: Promise<Thing>): Promise<Thing> {
  reading.catch(() => undefined);
  return reading;
}
