/** Storage quotas of single workspaces, which only the operator of the server sets. */
import { appendAuditEntry } from "../../access/audit/appendAuditEntry.ts";
import type { Connection, Database } from "../../server/database/database.ts";
import { findWorkspaceBySlug } from "./workspaceBySlug.ts";
import { usageOf, type WorkspaceUsage } from "./workspaceUsage.ts";

export interface MeasuredWorkspace {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly usage: WorkspaceUsage;
}

/** Every workspace that is not deleted, by name. */
export async function measureWorkspaces(connection: Connection): Promise<MeasuredWorkspace[]> {
  const where = { deletedAt: null };
  const rows = await connection.workspace.findMany({
    where,
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, slug: true, name: true },
  });
  const measured: MeasuredWorkspace[] = [];
  for (const row of rows) measured.push({ ...row, usage: await usageOf(connection, row.id) });
  return measured;
}

/** `bytes` null: the default applies again. @throws AppError NOT_FOUND */
export async function setStorageQuota(
  database: Database,
  { slug, bytes }: { readonly slug: string; readonly bytes: number | null },
): Promise<void> {
  await database.transaction(async ({ connection }) => {
    const workspace = await findWorkspaceBySlug(connection, slug);
    const before = workspace.storageQuota === null ? null : Number(workspace.storageQuota);
    if (before === bytes) return;
    const storageQuota = bytes === null ? null : BigInt(bytes);
    await connection.workspace.update({ where: { id: workspace.id }, data: { storageQuota } });
    const entry = { action: "workspace:setQuota", subjectType: "Workspace", subjectId: workspace.id, subjectName: workspace.name };
    const values = { before: { storageQuota: before }, after: { storageQuota: bytes } };
    await appendAuditEntry(connection, { userId: null, workspaceId: workspace.id }, { ...entry, ...values });
  });
}
