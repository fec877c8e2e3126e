/** Work on many rows at once, and rows in groups. */

const requestsAtOnce = 6;
/** Several of each request, since queries of one sender are merged. */
export const queriesAtOnce = 30;

export async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  atOnce = requestsAtOnce,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const takeTurns = async (): Promise<void> => {
    for (const [i, item] of queue) results[i] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, takeTurns));
  return results;
}

/** The first of those with the same name. */
export function firstOfEach<Item extends { readonly name: string }>(items: readonly Item[]): Item[] {
  return groupBy(items, ({ name }) => name).flatMap(([first]) => first ?? []);
}

export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** Groups of at most this size, in their order. */
export function inGroups<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
