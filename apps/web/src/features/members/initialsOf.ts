/** The first letters of the first and the last word, or the first letter and the number of a handle: `ow`, `r1`, `GH`. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/)
    .filter(Boolean);
  const [first = "", last = ""] = [words[0], words.length > 1 ? words.at(-1) : ""];
  const letters = last === "" ? Array.from(first).slice(0, 2) : [...Array.from(first).slice(0, 1), ...Array.from(last).slice(0, 1)];
  return letters.join("");
}
