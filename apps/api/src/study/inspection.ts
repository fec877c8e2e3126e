/** Who may read a study's labels, plan and results: researchers and owners, but not while they vote in it, or in one of its rooms. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { findClosedStudies } from "@pareidolia/persistence/lab/recognition/closedStudies";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import { policy } from "../policy/policy.ts";

/** For each study. */
export async function mayInspect(connection: Connection, actor: Actor, studies: readonly StudyRecord[]): Promise<boolean[]> {
  if (actor.workspaceId === null || !policy.grants(actor, "study:inspect")) return studies.map(() => false);
  const found = await findClosedStudies(connection, { userId: actor.userId, studyIds: studies.map(({ id }) => id) });
  const closed = new Set(found.map(({ id }) => id));
  return studies.map((study) => policy.isOwn(actor, study) && !closed.has(study.id));
}

/** @throws AppError as the policy, or FORBIDDEN for a researcher who is still voting. */
export async function requireInspection(connection: Connection, actor: Actor, study: StudyRecord): Promise<void> {
  policy.require(actor, "study:inspect", study);
  const [isOpen] = await mayInspect(connection, actor, [study]);
  if (isOpen !== true)
    throw new AppError(
      "FORBIDDEN",
      "You are voting in this study or in one of its norming rooms. Its labels and results open once you have finished.",
    );
}
