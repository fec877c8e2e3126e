/** Creates and forks studies, edits drafts, opens them, and changes their state. */
import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import { type StudyAccess, type StudyState, statesBefore } from "@pareidolia/core/studyState";
import type { Prisma } from "../../generated/client.ts";
import { askAboutImages } from "../../lab/recognition/writeRecognition.ts";
import type { Transaction } from "../../server/database/database.ts";
import { forgetAttemptsOfStudy } from "../voting/voterAttempts.ts";

export interface NewStudy {
  readonly workspaceId: string;
  readonly createdById: string;
  readonly title: string;
  /** Who may vote once it opens. */
  readonly access: StudyAccess;
  readonly draft: Prisma.InputJsonValue;
  readonly forkedFromId: string | null;
  readonly idempotencyKey: string | null;
}

/** `created` is false if an earlier request with the same key created the study. @throws AppError CONFLICT for a key used with another title. */
export async function createStudyOnce(
  { connection }: Transaction,
  input: NewStudy,
): Promise<{ readonly id: string; readonly created: boolean }> {
  // Incrementing the number locks the workspace, so that requests with the same key run one after the other.
  const { lastStudyNumber } = await connection.workspace.update({
    where: { id: input.workspaceId },
    data: { lastStudyNumber: { increment: 1 } },
    select: { lastStudyNumber: true },
  });
  if (input.idempotencyKey !== null) {
    const earlier = await connection.study.findUnique({
      where: { workspaceId_idempotencyKey: { workspaceId: input.workspaceId, idempotencyKey: input.idempotencyKey } },
    });
    if (earlier !== null) {
      if (earlier.title !== input.title)
        throw new AppError("CONFLICT", "This idempotency key was already used for another study.", { field: "input.idempotencyKey" });
      await connection.workspace.update({ where: { id: input.workspaceId }, data: { lastStudyNumber: { decrement: 1 } } });
      return { id: earlier.id, created: false };
    }
  }
  const id = randomUUID();
  await connection.study.create({ data: { id, number: lastStudyNumber, seed: randomInt(2 ** 31), ...input } });
  return { id, created: true };
}

export interface DraftEdit {
  readonly studyId: string;
  /** The revision that the edit started from. */
  readonly revision: number;
  readonly title: string;
  readonly access: StudyAccess;
  readonly draft: Prisma.InputJsonValue;
}

export const draftChanged = (): AppError =>
  new AppError("CONFLICT", "This study was changed or opened by another request. Load it again, and repeat your change.");

/** @throws AppError CONFLICT if another request has changed the draft, or the study is no longer a draft. */
export async function editDraft({ connection }: Transaction, { studyId, revision, ...changes }: DraftEdit): Promise<void> {
  const { count } = await connection.study.updateMany({
    where: { id: studyId, revision, state: "DRAFT" },
    data: { ...changes, revision: { increment: 1 } },
  });
  if (count === 0) throw draftChanged();
}

/** Locks the plan. @throws AppError CONFLICT as `editDraft`. */
export async function openStudy(
  { connection }: Transaction,
  input: {
    readonly studyId: string;
    readonly revision: number;
    readonly access: StudyAccess;
    readonly plan: { readonly text: string; readonly hash: string };
  },
): Promise<void> {
  const { count } = await connection.study.updateMany({
    where: { id: input.studyId, revision: input.revision, state: "DRAFT" },
    data: {
      state: "OPEN",
      openedAt: new Date(),
      planText: input.plan.text,
      planHash: input.plan.hash,
      revision: { increment: 1 },
      linkToken: input.access === "LINK" ? randomBytes(16).toString("base64url") : null,
    },
  });
  if (count === 0) throw draftChanged();
  await askAboutImages(connection, input.studyId);
}

/** A study that closes forgets the networks of its voters. @throws AppError CONFLICT if it cannot enter this state from its present one. */
export async function changeStudyState(
  { connection }: Transaction,
  { studyId, to }: { readonly studyId: string; readonly to: StudyState },
): Promise<void> {
  // A study that returns from the archive was closed before.
  const states = statesBefore(to).filter((state) => state !== "DRAFT" && !(to === "CLOSED" && state === "ARCHIVED"));
  const where = { id: studyId, planText: { not: null } };
  const changed = await connection.study.updateMany({
    where: { ...where, state: { in: states } },
    data: to === "CLOSED" ? { state: to, closedAt: new Date() } : { state: to },
  });
  const restored =
    to === "CLOSED" ? await connection.study.updateMany({ where: { ...where, state: "ARCHIVED" }, data: { state: to } }) : { count: 0 };
  const count = changed.count + restored.count;
  if (count === 0) throw new AppError("CONFLICT", `The study cannot become ${to.toLowerCase()} from its present state. Load it again.`);
  if (to === "CLOSED") await forgetAttemptsOfStudy(connection, studyId);
}

/** Deletes a draft with its list of images. @throws AppError CONFLICT for a study that was opened. */
export async function deleteDraft({ connection }: Transaction, studyId: string): Promise<void> {
  const { count } = await connection.study.deleteMany({ where: { id: studyId, state: "DRAFT" } });
  if (count === 0) throw new AppError("CONFLICT", "Only a draft can be deleted. Archive this study instead.");
}
