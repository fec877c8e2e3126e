/** Requests and cancels releases of studies. */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { StudyState } from "@pareidolia/core/studyState";
import type { Prisma } from "../../generated/client.ts";
import type { WorkState } from "../../lab/analyses/readAnalyses.ts";
import { notifyHolder } from "../../lab/workers/notifyHolder.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";

/** While people vote, the votes change between one pass over them and the next. */
export const releasableStates: readonly StudyState[] = ["PAUSED", "CLOSED", "ARCHIVED"];

export interface NewRelease {
  readonly studyId: string;
  readonly createdById: string;
  readonly version: string;
  readonly description: Prisma.InputJsonValue;
  readonly idempotencyKey: string | null;
}

/** Locks a study until the transaction ends, as every change of its votes does. Null for an unknown one. */
export async function lockStudyState(connection: Connection, studyId: string): Promise<StudyState | null> {
  const [row] = await connection.$queryRaw<{ readonly state: StudyState }[]>`
    SELECT state::text AS state FROM studies WHERE id = ${studyId} FOR NO KEY UPDATE`;
  return row?.state ?? null;
}

/**
 * `created` is false if an earlier request with the same key created the release.
 * @throws AppError CONFLICT for a study in which people vote, while another release of the study is being made, for a version that the
 * study has released, and for a key used with another version.
 */
export async function createReleaseOnce(
  { connection }: Transaction,
  input: NewRelease,
): Promise<{ readonly id: string; readonly number: number; readonly created: boolean }> {
  const { studyId, version, idempotencyKey } = input;
  const state = await lockStudyState(connection, studyId);
  const releases = await connection.release.findMany({
    where: { studyId },
    select: { id: true, number: true, version: true, state: true, idempotencyKey: true },
  });
  const earlier = idempotencyKey === null ? undefined : releases.find((release) => release.idempotencyKey === idempotencyKey);
  if (earlier !== undefined) {
    if (earlier.version !== version)
      throw new AppError("CONFLICT", "This idempotency key was already used for another version.", { field: "input.idempotencyKey" });
    return { id: earlier.id, number: earlier.number, created: false };
  }
  if (state === null || !releasableStates.includes(state))
    throw new AppError("CONFLICT", "People can vote in this study. Pause or close it first, so that its votes stay as they are.");
  if (releases.some((release) => release.state === "QUEUED" || release.state === "RUNNING"))
    throw new AppError("CONFLICT", "A release of this study is being made. Wait for it, or cancel it.");
  if (releases.some((release) => release.state === "SUCCEEDED" && release.version === version))
    throw new AppError("CONFLICT", `Version ${version} of this study exists, and a release never changes. Choose another version.`, {
      field: "input.version",
    });
  const id = randomUUID();
  const number = 1 + releases.reduce((last, release) => Math.max(last, release.number), 0);
  await connection.release.create({ data: { id, number, ...input } });
  return { id, number, created: true };
}

async function lockRelease(connection: Connection, id: string): Promise<WorkState | null> {
  const [row] = await connection.$queryRaw<{ state: WorkState }[]>`SELECT state::text FROM releases WHERE id = ${id} FOR UPDATE`;
  return row?.state ?? null;
}

/** Its worker is notified immediately, and can no longer write to it. @throws AppError NOT_FOUND; CONFLICT for one that has ended. */
export async function cancelRelease({ connection }: Transaction, id: string): Promise<void> {
  const state = await lockRelease(connection, id);
  if (state === null) throw new AppError("NOT_FOUND", "There is no such release.");
  if (state !== "QUEUED" && state !== "RUNNING")
    throw new AppError("CONFLICT", "This release has ended already, so there is nothing to cancel.");
  await connection.release.update({ where: { id }, data: { state: "CANCELLED", claimToken: null, endedAt: new Date() } });
  if (state === "RUNNING") await notifyHolder(connection, id);
}
