/** Writes a long audit log quickly: one statement for many entries, hashed like `appendAuditEntry` does. */
import { hashAuditEntry, writeAuditText } from "@pareidolia/persistence/access/audit/auditEntry";
import { auditKeyOf } from "@pareidolia/persistence/server/database/auditKey";
import type { Database } from "@pareidolia/persistence/server/database/database";

export async function writeLongAuditLog({ connection }: Database, workspaceId: string, count: number): Promise<void> {
  const last = await connection.auditEntry.findFirst({ where: { workspaceId }, orderBy: { sequence: "desc" } });
  let previousHash = last?.hash ?? "";
  const first = (last?.sequence ?? 0) + 1;
  const at = new Date();
  const columns = { workspaceId, userId: null, keyId: null, clientAddress: null, action: "test:write", subjectType: "Test" };
  const rows = Array.from({ length: count }, (_, i) => {
    const sequence = first + i;
    const entry = { ...columns, subjectId: String(sequence) };
    const text = writeAuditText({ ...entry, at: at.toISOString(), before: null, after: { sequence } });
    const row = {
      ...entry,
      sequence,
      at,
      text,
      previousHash,
      hash: hashAuditEntry(auditKeyOf(connection), { previousHash, sequence, text }),
    };
    previousHash = row.hash;
    return row;
  });
  for (let start = 0; start < rows.length; start += 2_000)
    await connection.auditEntry.createMany({ data: rows.slice(start, start + 2_000) });
}
