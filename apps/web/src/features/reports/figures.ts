/** A report's figures in words: six digits at most, and separators in large counts. */
const plain = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 6 });
const smallest = 1e-4;

export function formatFigure(figure: number | null | undefined): string {
  if (figure === null || figure === undefined) return "not measured";
  if (figure !== 0 && Math.abs(figure) < smallest) return Number(figure.toPrecision(3)).toExponential();
  return plain.format(figure);
}

/** A cell of a table of measurements as the report has it, with separators where it is a count. A seed names a run and stays as it is. */
export function formatCell(column: string | undefined, text: string): string {
  return column !== "seed" && /^\d{4,}$/.test(text) ? plain.format(Number(text)) : text;
}

/** Whether a column is set in figures and to the right: every cell that holds anything begins as a number. */
export function isNumeric(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== "" && cell !== "–");
  return filled.length > 0 && filled.every((cell) => /^[-−+]?[\d.]/.test(cell));
}
