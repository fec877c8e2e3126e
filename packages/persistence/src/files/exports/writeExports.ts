/** Requests, cancels and deletes exports. */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import { lockWorkspace } from "../../access/accounts/lockWorkspace.ts";
import type { WorkState } from "../../lab/analyses/readAnalyses.ts";
import { notifyHolder } from "../../lab/workers/notifyHolder.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";
import type { ExportSubject } from "./readExports.ts";

/** Exports of a workspace that are queued or being made. */
export const maxActiveExports = 3;

export interface NewExport {
  readonly workspaceId: string;
  readonly createdById: string;
  readonly subject: ExportSubject;
  readonly runId: string | null;
  readonly experimentId: string | null;
  readonly subjectKey: string | null;
  /** In alphabetical order. */
  readonly parts: readonly string[];
  readonly formats: readonly string[];
  readonly idempotencyKey: string | null;
}

/**
 * `created` is false if an earlier request with the same key created the export.
 * @throws AppError CONFLICT while three exports of the workspace are being made, and for a key used for another export.
 */
export async function createExportOnce(
  { connection }: Transaction,
  { parts, formats, ...input }: NewExport,
): Promise<{ readonly id: string; readonly number: number; readonly created: boolean }> {
  const { workspaceId, idempotencyKey } = input;
  await lockWorkspace(connection, workspaceId);
  const earlier =
    idempotencyKey === null
      ? null
      : await connection.export.findUnique({ where: { workspaceId_idempotencyKey: { workspaceId, idempotencyKey } } });
  if (earlier !== null) {
    const isSame =
      earlier.subject === input.subject &&
      earlier.subjectKey === input.subjectKey &&
      earlier.parts.join() === parts.join() &&
      earlier.formats.join() === formats.join();
    if (!isSame)
      throw new AppError("CONFLICT", "This idempotency key was already used for another export.", { field: "input.idempotencyKey" });
    return { id: earlier.id, number: earlier.number, created: false };
  }
  const active = await connection.export.count({ where: { workspaceId, state: { in: ["QUEUED", "RUNNING"] } } });
  if (active >= maxActiveExports)
    throw new AppError("CONFLICT", `${maxActiveExports} exports of this workspace are being made. Wait for one, or cancel one.`);
  const { lastExportNumber: number } = await connection.workspace.update({
    where: { id: workspaceId },
    data: { lastExportNumber: { increment: 1 } },
    select: { lastExportNumber: true },
  });
  const id = randomUUID();
  await connection.export.create({ data: { id, number, ...input, parts: [...parts], formats: [...formats] } });
  return { id, number, created: true };
}

async function lockExport(connection: Connection, id: string): Promise<WorkState> {
  const [row] = await connection.$queryRaw<{ state: WorkState }[]>`SELECT state::text FROM exports WHERE id = ${id} FOR UPDATE`;
  if (row === undefined) throw new AppError("NOT_FOUND", "There is no such export.");
  return row.state;
}

const isActive = (state: WorkState): boolean => state === "QUEUED" || state === "RUNNING";

/** Its worker is notified immediately, and can no longer write to it. @throws AppError NOT_FOUND; CONFLICT for one that has ended. */
export async function cancelExport({ connection }: Transaction, id: string): Promise<void> {
  const state = await lockExport(connection, id);
  if (!isActive(state)) throw new AppError("CONFLICT", "This export has ended already, so there is nothing to cancel.");
  await connection.export.update({ where: { id }, data: { state: "CANCELLED", claimToken: null, endedAt: new Date() } });
  if (state === "RUNNING") await notifyHolder(connection, id);
}

/** A clean-up removes its objects. @throws AppError NOT_FOUND; CONFLICT for one that is queued or being made. */
export async function deleteExport({ connection }: Transaction, id: string): Promise<void> {
  const state = await lockExport(connection, id);
  if (isActive(state)) throw new AppError("CONFLICT", "This export is being made. Cancel it first.");
  await connection.export.delete({ where: { id } });
}
