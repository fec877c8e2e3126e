/** Rows of the audit, which tests print, and append to the file that PAREIDOLIA_AUDIT_ROWS names, one JSON object a line. */
import { appendFileSync } from "node:fs";

/** A row that counts what should not be there, or of which there may be `most`. `counted` says among how many. */
export function addRow(row: string, found: readonly string[], counted: string, most = 0): void {
  const file = process.env["PAREIDOLIA_AUDIT_ROWS"];
  const bar = most === 0 ? "0" : `<= ${most}`;
  const line = { row, figure: found.length, bar, holds: found.length <= most, detail: [counted, ...found] };
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`);
  console.log(`${row}: ${found.length} of ${counted}${found.map((each) => `\n  ${each}`).join("")}`);
}
