/** The audit log as CSV, for spreadsheets, and as JSON lines, for programs that verify the hashes. */
import { quotedCsvLine } from "@pareidolia/core/csv";
import type { AuditText } from "@pareidolia/persistence/access/audit/auditEntry";
import type { AuditEntryRecord } from "@pareidolia/persistence/access/audit/readAuditEntries";

export interface AuditFormat {
  readonly contentType: string;
  readonly header: string;
  line(entry: AuditEntryRecord): string;
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

/** Every cell is in quotes. */
function entryLine(entry: AuditEntryRecord): string {
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
  return quotedCsvLine(columns.map((column) => values[column] ?? ""));
}

function jsonLine({ sequence, previousHash, hash, text, userName, keyPrefix }: AuditEntryRecord): string {
  return `${JSON.stringify({ sequence, previousHash, hash, text, userName, keyPrefix })}\n`;
}

export const auditFormats: Readonly<Record<"csv" | "jsonl", AuditFormat>> = {
  csv: { contentType: "text/csv; charset=utf-8; header=present", header: quotedCsvLine(columns), line: entryLine },
  jsonl: { contentType: "application/jsonl; charset=utf-8", header: "", line: jsonLine },
};
