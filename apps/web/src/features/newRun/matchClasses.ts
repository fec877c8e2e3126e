/** Finds classes by number or part of their name; names that start with the text come first. */
export interface ClassChoice {
  readonly index: number;
  readonly label: string;
}

export function matchClasses(labels: readonly string[], search: string, max: number): readonly ClassChoice[] {
  const text = search.trim().toLowerCase();
  const all = labels.map((label, index) => ({ index, label }));
  if (text === "") return all.slice(0, max);
  const found = all.filter(({ index, label }) => label.toLowerCase().includes(text) || String(index) === text);
  const startsWithText = ({ index, label }: ClassChoice) => String(index) === text || label.toLowerCase().startsWith(text);
  return [...found.filter(startsWithText), ...found.filter((choice) => !startsWithText(choice))].slice(0, max);
}
