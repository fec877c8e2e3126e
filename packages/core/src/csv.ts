/**
 * CSV (RFC 4180) that is safe in spreadsheets, which run a cell that starts like a formula, also within quotes. Where decimals have a comma,
 * they part cells at semicolons instead, and rows at line breaks within quotes that they do not recognise. Every CSV file of the product is
 * written with these functions.
 */

/** A list becomes its JSON text; null is an empty cell. */
export type Cell = string | number | boolean | readonly (string | number)[] | null;

/** How a formula starts, also in full-width characters, or how an escaped text starts. */
const formulaStart = /^[=+\-@\t\r\n'＝＋－＠]/;
const plainNumber = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;
/** Within a text: where a program that knows no commas would see such a start. */
const startInside = /[;\r\n](?=["\t]*[=+\-@'＝＋－＠])/g;

/**
 * The text with an apostrophe before each place that a spreadsheet could run as a formula: at the start, and after semicolons and line breaks.
 * An apostrophe there gets another one. So a reader restores every text by removing one apostrophe at each. Plain numbers are left alone.
 */
export function withoutFormula(text: string): string {
  const inside = text.replaceAll(startInside, "$&'");
  return formulaStart.test(text) && !plainNumber.test(text) ? `'${inside}` : inside;
}

/** The text of a cell that `withoutFormula` has written. */
export function textOfCell(cell: string): string {
  return cell.replace(/^'/, "").replaceAll(/([;\r\n])'/g, "$1");
}

function safeText(cell: Cell): string {
  if (typeof cell === "number" || typeof cell === "boolean") return String(cell);
  if (cell === null) return "";
  return withoutFormula(typeof cell === "string" ? cell : JSON.stringify(cell));
}

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Cells with commas between them, in quotes if they need them, and the line break. */
export function csvLine(cells: readonly Cell[]): string {
  const texts = cells.map((cell) => {
    const text = safeText(cell);
    return /[",;\t\r\n]/.test(text) ? quote(text) : text;
  });
  return `${texts.join(",")}\r\n`;
}

/** Like `csvLine`, with every cell in quotes. */
export function quotedCsvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => quote(safeText(cell))).join(",")}\r\n`;
}
