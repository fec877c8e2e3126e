/** The part of a text that shows a key. */

const most = 200;
/** Of the text before the key. */
const shown = 80;

/** On one line, at most 200 characters, with an ellipsis where the text continues. */
export function excerptOf(text: string, key: string): string {
  const line = text.replaceAll(/\s+/gu, " ").trim();
  if (line.length <= most) return line;
  const found = new RegExp(`${key}(?![\\w-])`, "u").exec(line)?.index ?? 0;
  const start = Math.max(0, Math.min(found - shown, line.length - most + 1));
  const end = start + most - (start === 0 ? 1 : 2);
  return `${start === 0 ? "" : "…"}${line.slice(start, end)}${end < line.length ? "…" : ""}`;
}
