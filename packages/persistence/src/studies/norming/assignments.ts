/** Counted images that researchers assign to members: they get these before others when they join the study. */
import { AppError } from "@pareidolia/core/appError";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { lockStudy } from "./writeRooms.ts";

interface OfMember {
  readonly studyId: string;
  readonly userId: string;
}

/** Indices of the counted images assigned to the member, in ascending order; empty without an assignment. */
export async function findAssignedImages(connection: Connection, { studyId, userId }: OfMember): Promise<number[]> {
  const rows = await connection.studyAssignment.findMany({
    where: { studyId, userId },
    orderBy: { imageIndex: "asc" },
    select: { imageIndex: true },
  });
  return rows.map(({ imageIndex }) => imageIndex);
}

export interface StudyAssignmentRecord {
  readonly studyId: string;
  readonly memberId: string;
  readonly userId: string;
  /** Whether the member has access, and a role that permits voting. */
  readonly mayVote: boolean;
  /** Indices of the assigned counted images, in ascending order. */
  readonly images: readonly number[];
  /** How many of them the member has answered or skipped. */
  readonly answered: number;
  /** Whether the member has joined the study. Assignments then stay as they are. */
  readonly joined: boolean;
  readonly finished: boolean;
  /** Trials of the member's session that are answered or skipped, and all of them; 0 before joining. */
  readonly answeredTrials: number;
  readonly trials: number;
}

/** The members of the study's workspace whose roles permit voting, and other members with an assignment, by name. */
export function findStudyAssignments(
  connection: Connection,
  { studyId, roles }: { readonly studyId: string; readonly roles: readonly string[] },
): Promise<StudyAssignmentRecord[]> {
  return connection.$queryRaw<StudyAssignmentRecord[]>`
    WITH assigned AS (
      SELECT user_id, array_agg(image_index ORDER BY image_index) AS images FROM study_assignments WHERE study_id = ${studyId} GROUP BY user_id
    )
    SELECT s.id AS "studyId", m.id AS "memberId", u.id AS "userId",
      m.suspended_at IS NULL AND m.role::text = ANY (${[...roles]}) AS "mayVote", coalesce(a.images, '{}'::int[]) AS images,
      (SELECT count(DISTINCT w.item)::int FROM votes w WHERE w.voter_id = v.id AND w.role = 'COUNTED' AND w.item = ANY (a.images)) AS answered,
      v.id IS NOT NULL AS joined, v.finished_at IS NOT NULL AS finished,
      (SELECT count(*)::int FROM votes w WHERE w.voter_id = v.id) AS "answeredTrials", coalesce(v.trial_count, 0) AS trials
    FROM studies s JOIN memberships m ON m.workspace_id = s.workspace_id JOIN users u ON u.id = m.user_id
    LEFT JOIN assigned a ON a.user_id = u.id LEFT JOIN study_voters v ON v.study_id = s.id AND v.user_id = u.id
    WHERE s.id = ${studyId} AND (a.user_id IS NOT NULL OR (m.suspended_at IS NULL AND m.role::text = ANY (${[...roles]})))
    ORDER BY lower(u.name), m.id`;
}

export interface MemberImages {
  readonly userId: string;
  /** Indices of counted images, distinct; none takes the assignment back. */
  readonly images: readonly number[];
}

/**
 * Replaces the members' assignments, and returns the earlier ones. Locks the study, as joining does, so a member either joins with the new
 * images or the assignment is refused. @throws AppError CONFLICT for a study that is not open, and a member who has joined it.
 */
export async function assignStudyImages(
  { connection }: Transaction,
  input: { readonly studyId: string; readonly assignments: readonly MemberImages[]; readonly assignedById: string },
): Promise<MemberImages[]> {
  const { studyId, assignments, assignedById } = input;
  await lockStudy(connection, studyId);
  const { state } = await connection.study.findUniqueOrThrow({ where: { id: studyId }, select: { state: true } });
  if (state !== "OPEN" && state !== "PAUSED")
    throw new AppError("CONFLICT", "Images are assigned while a study is open or paused.", { field: "input.studyId" });
  const where = { studyId, userId: { in: assignments.map(({ userId }) => userId) } };
  const joined = await connection.studyVoter.findFirst({ where, select: { user: { select: { name: true } } } });
  if (joined !== null) {
    const name = joined.user?.name ?? "A member";
    throw new AppError("CONFLICT", `${name} has already joined this study and has images to vote on.`, { field: "input.assignments" });
  }
  const earlier = await connection.studyAssignment.findMany({
    where,
    orderBy: { imageIndex: "asc" },
    select: { userId: true, imageIndex: true },
  });
  await connection.studyAssignment.deleteMany({ where });
  await connection.studyAssignment.createMany({
    data: assignments.flatMap(({ userId, images }) => images.map((imageIndex) => ({ studyId, userId, imageIndex, assignedById }))),
  });
  return assignments.map(({ userId }) => ({
    userId,
    images: earlier.filter((row) => row.userId === userId).map(({ imageIndex }) => imageIndex),
  }));
}
