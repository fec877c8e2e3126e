/** Rows of the audit, which tests print, and append to the file that PAREIDOLIA_AUDIT_ROWS names, one JSON object per line. */
import { appendFileSync } from "node:fs";

/** A row that counts cases that should not occur, or at most `most` times. `counted` describes the cases examined. */
export function addRow(row: string, found: readonly string[], counted: string, most = 0): void {
  const file = process.env["PAREIDOLIA_AUDIT_ROWS"];
  const bar = most === 0 ? "0" : `<= ${most}`;
  const line = { row, figure: found.length, bar, holds: found.length <= most, detail: [counted, ...found] };
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`);
  console.log(`${row}: ${found.length} of ${counted}${found.map((each) => `\n  ${each}`).join("")}`);
}
