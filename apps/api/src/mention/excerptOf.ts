/** Cuts a text to the words around a key. */

const maxLength = 200;
/** Characters shown before the key. */
const lead = 80;

/** Returns one line of at most 200 characters, with an ellipsis at each cut. */
export function excerptOf(text: string, key: string): string {
  const line = text.replaceAll(/\s+/gu, " ").trim();
  if (line.length <= maxLength) return line;
  const found = new RegExp(`${key}(?![\\w-])`, "u").exec(line)?.index ?? 0;
  const start = Math.max(0, Math.min(found - lead, line.length - maxLength + 1));
  const end = start + maxLength - (start === 0 ? 1 : 2);
  return `${start === 0 ? "" : "…"}${line.slice(start, end)}${end < line.length ? "…" : ""}`;
}
