/** The rows that `npm run audit` prints: a figure, the bar that it has to meet, and what was found. */

export interface AuditRow {
  readonly row: string;
  readonly figure: number;
  readonly bar: string;
  readonly holds: boolean;
  readonly detail: readonly string[];
}

const mostListed = 20;

export function printRows(rows: readonly AuditRow[], write: (line: string) => void): void {
  for (const { row, figure, bar, holds, detail } of rows) {
    write(`${holds ? "holds" : "FAILS"}  ${row}: ${figure} (bar: ${bar})`);
    for (const line of detail.slice(0, mostListed)) write(`       ${line}`);
    if (detail.length > mostListed) write(`       and ${detail.length - mostListed} more`);
  }
}
