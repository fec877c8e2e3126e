/** The two characters that stand for a user: `r2` for researcher-2, `ow` for owner, `al` for Ada Lovelace. */
export function initialsOf(name: string): string {
  const words: string[] = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const [first = [], ...others] = words.map((word) => Array.from(word));
  const last = others.at(-1);
  return last === undefined ? first.slice(0, 2).join("") : `${first[0] ?? ""}${last[0] ?? ""}`;
}
