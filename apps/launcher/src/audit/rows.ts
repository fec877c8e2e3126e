/** The rows that `npm run audit` prints: a figure, the bar that it has to meet, and what was found. */

export interface AuditRow {
  readonly row: string;
  /** Null if it was not measured. */
  readonly figure: number | null;
  readonly bar: string;
  /** Null if it was not measured: it neither holds nor fails. */
  readonly holds: boolean | null;
  readonly detail: readonly string[];
}

const maxListed = 20;

export function notMeasured(row: string, bar: string, reason: string): AuditRow {
  return { row, figure: null, bar, holds: null, detail: [reason] };
}

export function printRows(rows: readonly AuditRow[], write: (line: string) => void): void {
  for (const { row, figure, bar, holds, detail } of rows) {
    const verdict = holds === null ? "-----" : holds ? "holds" : "FAILS";
    write(`${verdict}  ${row}: ${figure ?? "not measured"} (bar: ${bar})`);
    for (const line of detail.slice(0, maxListed)) write(`       ${line}`);
    if (detail.length > maxListed) write(`       and ${detail.length - maxListed} more`);
  }
}
