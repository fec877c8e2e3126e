/** Counted images that researchers assign to members: they get these before others when they join the study. */
import { AppError } from "@pareidolia/core/appError";
import type { Connection, Transaction } from "../database/database.ts";
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
  readonly userId: string;
  readonly images: readonly number[];
  /** Whether the member has joined the study since, with these images. */
  readonly joined: boolean;
}

/** All assignments of a study, by member. */
export function findStudyAssignments(connection: Connection, studyId: string): Promise<StudyAssignmentRecord[]> {
  return connection.$queryRaw<StudyAssignmentRecord[]>`
    SELECT a.study_id AS "studyId", a.user_id AS "userId", array_agg(a.image_index ORDER BY a.image_index) AS images,
      EXISTS (SELECT 1 FROM study_voters v WHERE v.study_id = a.study_id AND v.user_id = a.user_id) AS joined
    FROM study_assignments a WHERE a.study_id = ${studyId} GROUP BY a.study_id, a.user_id ORDER BY a.user_id`;
}

/**
 * Replaces the members' assignments by these images; no image removes them. Locks the study, as joining does, so a member either joins with
 * the new images or the assignment is refused. @throws AppError CONFLICT for a study that is not open, and a member who has joined it.
 */
export async function assignStudyImages(
  { connection }: Transaction,
  input: {
    readonly studyId: string;
    readonly userIds: readonly string[];
    readonly images: readonly number[];
    readonly assignedById: string;
  },
): Promise<void> {
  const { studyId, userIds, images, assignedById } = input;
  await lockStudy(connection, studyId);
  const { state } = await connection.study.findUniqueOrThrow({ where: { id: studyId }, select: { state: true } });
  if (state !== "OPEN" && state !== "PAUSED")
    throw new AppError("CONFLICT", "Images are assigned while a study is open or paused.", { field: "input.studyId" });
  const joined = await connection.studyVoter.findFirst({
    where: { studyId, userId: { in: [...userIds] } },
    select: { user: { select: { name: true } } },
  });
  if (joined !== null) {
    const name = joined.user?.name ?? "A member";
    throw new AppError("CONFLICT", `${name} has already joined this study and has images to vote on.`, { field: "input.memberIds" });
  }
  await connection.studyAssignment.deleteMany({ where: { studyId, userId: { in: [...userIds] } } });
  await connection.studyAssignment.createMany({
    data: userIds.flatMap((userId) => images.map((imageIndex) => ({ studyId, userId, imageIndex, assignedById }))),
  });
}
