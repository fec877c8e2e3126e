/** Who last changed a field, and a lock that keeps two changes of one object from replacing the same value. */
import type { Connection } from "../../server/database/database.ts";
import type { AuditText } from "./auditEntry.ts";

/** Until the transaction ends, no other change of the object's fields begins. */
export async function lockFieldsOf(connection: Connection, subjectId: string): Promise<void> {
  await connection.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`fields ${subjectId}`}, 0))`;
}

export interface LastChange {
  /** Null for the system, and for an account that was deleted. */
  readonly userName: string | null;
  readonly at: Date;
}

/** Of an object, latest first; older changes are ignored. */
const maxEntries = 50;

/**
 * Null if the latest entries of the audit log about the object do not have the field.
 * @param field as entries name it
 */
export async function findLastChange(
  connection: Connection,
  { workspaceId, subjectId, field }: { readonly workspaceId: string; readonly subjectId: string; readonly field: string },
): Promise<LastChange | null> {
  const entries = await connection.auditEntry.findMany({
    where: { workspaceId, subjectId },
    orderBy: { sequence: "desc" },
    take: maxEntries,
    select: { at: true, userId: true, text: true },
  });
  const entry = entries.find(({ text }) => {
    const { before, after } = JSON.parse(text) as AuditText;
    const [old, next] = [before?.[field], after?.[field]];
    return (old !== undefined || next !== undefined) && JSON.stringify(old) !== JSON.stringify(next);
  });
  if (entry === undefined) return null;
  const user = entry.userId === null ? null : await connection.user.findUnique({ where: { id: entry.userId }, select: { name: true } });
  return { userName: user?.name ?? null, at: entry.at };
}
