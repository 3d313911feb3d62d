/** Does `work` for each of `items`, `limit` of them at once. */
export async function inParallel<Item>(
  items: Iterable<Item>,
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: limit }, async () => {
      for (let next = waiting.next(); next.done !== true; next = waiting.next()) await work(next.value);
    }),
  );
}
