/** Classes whose name or number a search finds; names that begin with it come first. */
export interface ClassChoice {
  readonly index: number;
  readonly label: string;
}

export function matchClasses(labels: readonly string[], search: string, most: number): readonly ClassChoice[] {
  const wanted = search.trim().toLowerCase();
  const all = labels.map((label, index) => ({ index, label }));
  if (wanted === "") return all.slice(0, most);
  const found = all.filter(({ index, label }) => label.toLowerCase().includes(wanted) || String(index) === wanted);
  const begins = ({ index, label }: ClassChoice) => String(index) === wanted || label.toLowerCase().startsWith(wanted);
  return [...found.filter(begins), ...found.filter((choice) => !begins(choice))].slice(0, most);
}
