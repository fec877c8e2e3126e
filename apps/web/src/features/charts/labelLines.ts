/** Truncates and wraps chart labels, because SVG text does not wrap. */

/** Of a character of a label of 12 pixels. */
const characterWidth = 6.6;

/** Cuts a label that does not fit. */
export function clipLabel(text: string, width: number): string {
  const most = Math.floor((width - 10) / characterWidth);
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}

/** At most two lines. */
export function labelLines(text: string, width: number): readonly string[] {
  const most = Math.floor((width - 10) / characterWidth);
  const words = text.split(" ");
  let first = words[0] ?? "";
  let used = 1;
  while (used < words.length && `${first} ${words[used]}`.length <= most) first = `${first} ${words[used++]}`;
  return used === words.length ? [clipLabel(first, width)] : [clipLabel(first, width), clipLabel(words.slice(used).join(" "), width)];
}
