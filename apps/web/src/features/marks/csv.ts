/** Writes rows as CSV: a header line, CRLF line ends, quotes only if needed, no formulas. */
import { csvLine } from "@pareidolia/core/csv";

export type CsvValue = string | number | null;

export function toCsv(columns: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [columns, ...rows].map((row) => csvLine(row)).join("");
}
