/**
 * CSV (RFC 4180) that is safe in spreadsheets, which run a cell that starts like a formula, also within quotes. Every CSV file of the
 * product is written with these functions.
 */

/** A list becomes its JSON text; null is an empty cell. */
export type Cell = string | number | boolean | readonly (string | number)[] | null;

/** How a formula starts, also in full-width characters, or how an escaped text starts. */
const formulaStart = /^[=+\-@\t\r\n'＝＋－＠]/;
const plainNumber = /^[+-]?\d+(\.\d+)?$/;

/**
 * The text with a leading apostrophe if a spreadsheet would run it as a formula, or if it starts with an apostrophe. So a reader restores
 * every text by removing the first apostrophe. Plain numbers are left alone.
 */
export function withoutFormula(text: string): string {
  return formulaStart.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}

/** The text of a cell that `withoutFormula` has written. */
export function textOfCell(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell;
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
    return /[",\r\n]/.test(text) ? quote(text) : text;
  });
  return `${texts.join(",")}\r\n`;
}

/** Like `csvLine`, with every cell in quotes. */
export function quotedCsvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => quote(safeText(cell))).join(",")}\r\n`;
}
