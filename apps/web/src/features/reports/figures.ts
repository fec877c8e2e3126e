/** Formats a report's figures: at most six significant digits, with thousands separators. */
const plain = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 6 });
const smallest = 1e-4;

export function formatFigure(figure: number | null | undefined): string {
  if (figure === null || figure === undefined) return "not measured";
  if (figure !== 0 && Math.abs(figure) < smallest) return Number(figure.toPrecision(3)).toExponential();
  return plain.format(figure);
}

/** Formats a cell of a table of measurements: counts with separators, but seeds unchanged, since they identify runs. */
export function formatCell(column: string | undefined, text: string): string {
  return column !== "seed" && /^\d{4,}$/.test(text) ? plain.format(Number(text)) : text;
}

/** Whether a column is numeric and so aligned right: every non-empty cell starts with a number. */
export function isNumeric(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== "" && cell !== "–");
  return filled.length > 0 && filled.every((cell) => /^[-−+]?[\d.]/.test(cell));
}
