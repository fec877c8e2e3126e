/** Requests, maps, starts and cancels imports. */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import { lockWorkspace } from "../../access/accounts/lockWorkspace.ts";
import { Prisma } from "../../generated/client.ts";
import { notifyHolder } from "../../lab/workers/notifyHolder.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";
import type { ImportState } from "./readImports.ts";

export interface NewImport {
  readonly workspaceId: string;
  readonly createdById: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly byteLength: number;
  readonly idempotencyKey: string | null;
}

/**
 * `created` is false if an earlier request with the same key created the import; then nothing is written.
 * @throws AppError CONFLICT when the key was used for another file.
 */
export async function createImport(connection: Connection, input: NewImport): Promise<{ readonly id: string; readonly created: boolean }> {
  const { workspaceId, idempotencyKey } = input;
  await lockWorkspace(connection, workspaceId);
  if (idempotencyKey !== null) {
    const earlier = await connection.import.findUnique({ where: { workspaceId_idempotencyKey: { workspaceId, idempotencyKey } } });
    if (earlier !== null) {
      if (earlier.sha256 !== input.sha256)
        throw new AppError("CONFLICT", "This idempotency key was already used for another file.", { field: "input.idempotencyKey" });
      return { id: earlier.id, created: false };
    }
  }
  const id = randomUUID();
  await connection.import.create({ data: { id, ...input } });
  return { id, created: true };
}

async function lockImport(connection: Connection, id: string): Promise<ImportState> {
  const [row] = await connection.$queryRaw<{ state: ImportState }[]>`SELECT state::text AS state FROM imports WHERE id = ${id} FOR UPDATE`;
  if (row === undefined) throw new AppError("NOT_FOUND", "There is no such import.");
  return row.state;
}

const notReady: Readonly<Record<Exclude<ImportState, "READY">, string>> = {
  INSPECTING: "The file is still being read. Wait for its preview.",
  WRITING: "This import has started already.",
  SUCCEEDED: "This import has ended already.",
  FAILED: "This import has failed. Upload the file again.",
  CANCELLED: "This import was cancelled. Upload the file again.",
};

/** The file is then read again. @throws AppError NOT_FOUND; CONFLICT unless the import is READY. */
export async function chooseImportColumns(
  { connection }: Transaction,
  { id, columns }: { readonly id: string; readonly columns: Prisma.InputJsonArray },
): Promise<void> {
  const state = await lockImport(connection, id);
  if (state !== "READY") throw new AppError("CONFLICT", notReady[state]);
  await connection.import.update({ where: { id }, data: { state: "INSPECTING", columns, heartbeatAt: null, attempts: 0 } });
}

export interface ImportTarget {
  readonly id: string;
  readonly experimentName: string | null;
  readonly experimentId: string | null;
  readonly modelId: string | null;
}

/**
 * False if it has started with the same target before.
 * @throws AppError NOT_FOUND; CONFLICT unless the import is READY.
 */
export async function startImport({ connection }: Transaction, { id, ...target }: ImportTarget): Promise<boolean> {
  const state = await lockImport(connection, id);
  if (state === "WRITING" || state === "SUCCEEDED") {
    const { experimentName, experimentId, modelId } = await connection.import.findUniqueOrThrow({ where: { id } });
    if (experimentName === target.experimentName && experimentId === target.experimentId && modelId === target.modelId) return false;
  }
  if (state !== "READY") throw new AppError("CONFLICT", notReady[state]);
  await connection.import.update({
    where: { id },
    data: { state: "WRITING", ...target, heartbeatAt: null, attempts: 0, done: 0, total: null },
  });
  return true;
}

/** False if it is cancelled already. @throws AppError NOT_FOUND; CONFLICT for an import that has ended. */
export async function cancelImport({ connection }: Transaction, id: string): Promise<boolean> {
  const state = await lockImport(connection, id);
  if (state === "CANCELLED") return false;
  if (state === "SUCCEEDED" || state === "FAILED")
    throw new AppError("CONFLICT", "This import has ended already, so there is nothing to cancel.");
  await connection.import.update({ where: { id }, data: { state: "CANCELLED", claimToken: null, endedAt: new Date() } });
  if (state !== "READY") await notifyHolder(connection, id);
  return true;
}
