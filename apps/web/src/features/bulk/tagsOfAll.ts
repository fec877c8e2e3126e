/** The tags of several runs, by name; `partial` ones are on some of the runs only. */
export interface SharedTag {
  readonly name: string;
  readonly partial: boolean;
}

export function tagsOfAll(runs: readonly { readonly tags: readonly { readonly name: string }[] }[]): SharedTag[] {
  const counts = new Map<string, number>();
  for (const { tags } of runs) for (const { name } of tags) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, partial: count < runs.length })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
