/** Starts, cancels and deletes bulk queries. */
import { randomBytes, randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import { canonicalJson } from "@pareidolia/core/canonicalJson";
import { lockWorkspace } from "../../access/accounts/lockWorkspace.ts";
import type { Prisma } from "../../generated/client.ts";
import type { WorkState } from "../../lab/analyses/readAnalyses.ts";
import { notifyHolder } from "../../lab/workers/notifyHolder.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";
import type { BulkQueryRecord } from "./readBulkQueries.ts";

/** Bulk queries of a workspace that are queued or under way. */
export const maxActiveBulkQueries = 5;

export interface NewBulkQuery
  extends Pick<BulkQueryRecord, "workspaceId" | "createdById" | "keyId" | "keyScopes" | "query" | "variables" | "format" | "columns"> {
  /** Null for one that is named by its key, such as BULK-3. */
  readonly name: string | null;
  readonly idempotencyKey: string | null;
}

interface Created {
  readonly id: string;
  readonly number: number;
  /** False if an earlier request with the same key created it. */
  readonly created: boolean;
}

/** @throws AppError CONFLICT while five of the workspace are under way, and for a key that was used with another input. */
export async function createBulkQueryOnce({ connection }: Transaction, input: NewBulkQuery): Promise<Created> {
  const { workspaceId, createdById, keyId, keyScopes, name, query, variables, format, columns, idempotencyKey } = input;
  await lockWorkspace(connection, workspaceId);
  const earlier =
    idempotencyKey === null
      ? null
      : await connection.bulkQuery.findUnique({
          where: { workspaceId_createdById_idempotencyKey: { workspaceId, createdById, idempotencyKey } },
        });
  if (earlier !== null) {
    const isSame =
      earlier.query === query &&
      earlier.format === format &&
      earlier.keyId === keyId &&
      (name === null || earlier.name === name) &&
      canonicalJson(earlier.variables) === canonicalJson(variables);
    if (!isSame)
      throw new AppError("CONFLICT", "This idempotency key was already used for another bulk query.", { field: "input.idempotencyKey" });
    return { id: earlier.id, number: earlier.number, created: false };
  }
  const active = await connection.bulkQuery.count({ where: { workspaceId, state: { in: ["QUEUED", "RUNNING"] } } });
  if (active >= maxActiveBulkQueries)
    throw new AppError("CONFLICT", `${maxActiveBulkQueries} bulk queries of this workspace are under way. Wait for one, or cancel one.`);
  const { lastBulkQueryNumber: number } = await connection.workspace.update({
    where: { id: workspaceId },
    data: { lastBulkQueryNumber: { increment: 1 } },
    select: { lastBulkQueryNumber: true },
  });
  const id = randomUUID();
  const row = { id, number, workspaceId, createdById, keyId, name: name ?? `BULK-${number}`, query, format, idempotencyKey };
  await connection.bulkQuery.create({
    data: {
      ...row,
      ...(keyScopes === null ? {} : { keyScopes: [...keyScopes] }),
      variables: variables as Prisma.InputJsonObject,
      columns: columns as unknown as Prisma.InputJsonArray,
      downloadKey: randomBytes(32).toString("hex"),
    },
  });
  return { id, number, created: true };
}

async function lockBulkQuery(connection: Connection, id: string): Promise<WorkState> {
  const [row] = await connection.$queryRaw<{ state: WorkState }[]>`SELECT state::text FROM bulk_queries WHERE id = ${id} FOR UPDATE`;
  if (row === undefined) throw new AppError("NOT_FOUND", "There is no such bulk query.");
  return row.state;
}

const isActive = (state: WorkState): boolean => state === "QUEUED" || state === "RUNNING";

/** Removes what is stored of it. The process that has it can no longer write to it. @throws AppError NOT_FOUND; CONFLICT for one that has ended. */
export async function cancelBulkQuery({ connection }: Transaction, id: string): Promise<void> {
  const state = await lockBulkQuery(connection, id);
  if (!isActive(state)) throw new AppError("CONFLICT", "This bulk query has already ended, so there is nothing to cancel.");
  await connection.bulkQuery.update({ where: { id }, data: { state: "CANCELLED", claimToken: null, endedAt: new Date() } });
  await connection.bulkQueryChunk.deleteMany({ where: { bulkQueryId: id } });
  if (state === "RUNNING") await notifyHolder(connection, id);
}

/** A clean-up removes its objects. @throws AppError NOT_FOUND; CONFLICT for one that is queued or under way. */
export async function deleteBulkQuery({ connection }: Transaction, id: string): Promise<void> {
  const state = await lockBulkQuery(connection, id);
  if (isActive(state)) throw new AppError("CONFLICT", "This bulk query is under way. Cancel it first.");
  await connection.bulkQuery.delete({ where: { id } });
}
