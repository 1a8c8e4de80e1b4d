/** So many pictures are prepared or wait for a network at a time: enough for what else this thread does meanwhile, 0.2 s. */
const inHand = 6;

/** Works on `inHand` items at a time, begun in order; results in the same order. After a failure nothing is begun. */
export async function mapInOrder<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = [...items.entries()];
  const drain = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [at, item] = next;
      results[at] = await work(item);
    }
  };
  const stop = (failure: unknown): never => {
    waiting.length = 0;
    throw failure;
  };
  await Promise.all(Array.from({ length: inHand }, () => drain().catch(stop)));
  return results;
}
