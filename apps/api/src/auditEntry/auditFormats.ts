/** The audit log as CSV, for spreadsheets, and as JSON lines, for programs that verify the hashes. */
import type { AuditText } from "@pareidolia/persistence/audit/auditEntry";
import type { AuditEntryRecord } from "@pareidolia/persistence/audit/readAuditEntries";

export interface AuditFormat {
  readonly contentType: string;
  readonly header: string;
  line(entry: AuditEntryRecord): string;
}

/** A spreadsheet computes a cell that starts like a formula, also within quotes. An apostrophe makes it text. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;

/** In quotes, whatever the text contains (RFC 4180). */
export function csvCell(text: string): string {
  const safe = formulaStart.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

const columns = [
  "number",
  "time",
  "user",
  "user ID",
  "key",
  "address",
  "action",
  "type",
  "ID",
  "name",
  "before",
  "after",
  "previous hash",
  "hash",
] as const;

function csvLine(entry: AuditEntryRecord): string {
  const { subjectName, before, after } = JSON.parse(entry.text) as AuditText;
  const values: Readonly<Record<(typeof columns)[number], string | null | undefined>> = {
    number: String(entry.sequence),
    time: entry.at.toISOString(),
    user: entry.userName,
    "user ID": entry.createdById,
    key: entry.keyPrefix,
    address: entry.clientAddress,
    action: entry.action,
    type: entry.subjectType,
    ID: entry.subjectId,
    name: subjectName,
    before: before === null ? null : JSON.stringify(before),
    after: after === null ? null : JSON.stringify(after),
    "previous hash": entry.previousHash,
    hash: entry.hash,
  };
  return `${columns.map((column) => csvCell(values[column] ?? "")).join(",")}\r\n`;
}

function jsonLine({ sequence, previousHash, hash, text, userName, keyPrefix }: AuditEntryRecord): string {
  return `${JSON.stringify({ sequence, previousHash, hash, text, userName, keyPrefix })}\n`;
}

export const auditFormats: Readonly<Record<"csv" | "jsonl", AuditFormat>> = {
  csv: { contentType: "text/csv; charset=utf-8; header=present", header: `${columns.map(csvCell).join(",")}\r\n`, line: csvLine },
  jsonl: { contentType: "application/jsonl; charset=utf-8", header: "", line: jsonLine },
};
