/** Tables as CSV (RFC 4180). A text that a spreadsheet would run as a formula gets an apostrophe in front. */

const startsFormula = /^[=+\-@\t\r]/;
const isNumber = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

export function csvField(text: string): string {
  const safe = startsFormula.test(text) && !isNumber.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvLine(values: readonly string[]): string {
  return `${values.map(csvField).join(",")}\r\n`;
}
