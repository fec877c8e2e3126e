/**
 * Reads norming rooms for one user. Blindness is enforced here: a member reads the blind votes of others on an image after its reveal, and
 * their second votes once all have voted again. Before the reveal, labels and confidences are null.
 */
import type { NormingOutcome, NormingRound, NormingState } from "@pareidolia/core/normingState";
import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { groupInOrderOf, inOrderOf } from "../../server/database/inOrderOf.ts";

export interface NormingRoomRecord {
  readonly id: string;
  readonly studyId: string;
  readonly workspaceId: string;
  readonly createdById: string;
  readonly studyNumber: number;
  readonly number: number;
  readonly sequence: number;
  /** The room's part of the addresses of images. */
  readonly imageKey: string;
  readonly createdAt: Date;
  /** The user's number in the room; null for a user who does not take part. */
  readonly ownNumber: number | null;
  /** The same, and also for a user who was removed. */
  readonly votedAs: number | null;
  readonly memberCount: number;
  /** Members who were removed. */
  readonly formerMemberCount: number;
  /** Whether no image is revealed yet. */
  readonly isBlind: boolean;
  readonly imageCount: number;
  readonly decidedCount: number;
}

const selectRooms = (userId: string): Prisma.Sql => Prisma.sql`
  SELECT r.id, r.study_id AS "studyId", s.workspace_id AS "workspaceId", r.created_by_id AS "createdById", s.number AS "studyNumber", r.number,
    r.sequence, r.image_key AS "imageKey", r.created_at AS "createdAt", CASE WHEN m.removed_at IS NULL THEN m.number END AS "ownNumber", m.number AS "votedAs",
    (SELECT count(*)::int FROM norming_room_members a WHERE a.room_id = r.id AND a.removed_at IS NULL) AS "memberCount",
    (SELECT count(*)::int FROM norming_room_members a WHERE a.room_id = r.id AND a.removed_at IS NOT NULL) AS "formerMemberCount",
    NOT EXISTS (SELECT 1 FROM norming_room_images i WHERE i.room_id = r.id AND i.state <> 'BLIND') AS "isBlind",
    (SELECT count(*)::int FROM norming_room_images i WHERE i.room_id = r.id) AS "imageCount",
    (SELECT count(*)::int FROM norming_room_images i WHERE i.room_id = r.id AND i.state = 'DECIDED') AS "decidedCount"
  FROM norming_rooms r JOIN studies s ON s.id = r.study_id JOIN workspaces w ON w.id = s.workspace_id
  LEFT JOIN norming_room_members m ON m.room_id = r.id AND m.user_id = ${userId}
  WHERE w.deleted_at IS NULL`;

interface ForUser {
  readonly userId: string;
}

/** In the order of `ids`; null for an unknown one. */
export async function findNormingRooms(
  connection: Connection,
  { ids, userId }: ForUser & { readonly ids: readonly string[] },
): Promise<(NormingRoomRecord | null)[]> {
  const rows = await connection.$queryRaw<NormingRoomRecord[]>(Prisma.sql`${selectRooms(userId)} AND r.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows, ({ id }) => id);
}

/** The rooms of each study, oldest first, in the order of `studyIds`. */
export async function findRoomsOfStudies(
  connection: Connection,
  { studyIds, userId }: ForUser & { readonly studyIds: readonly string[] },
): Promise<NormingRoomRecord[][]> {
  const rows = await connection.$queryRaw<NormingRoomRecord[]>(
    Prisma.sql`${selectRooms(userId)} AND r.study_id = ANY (${[...studyIds]}) ORDER BY r.number`,
  );
  return groupInOrderOf(studyIds, rows, ({ studyId }) => studyId);
}

export interface NormingImageRecord {
  readonly roomId: string;
  readonly place: number;
  readonly state: NormingState;
  readonly sequence: number;
  /** Its index among the study's counted images. Only for the server: the order of images can reveal their labels. */
  readonly imageIndex: number;
  readonly imageSha256: string;
  /** The machine's; null before the reveal. */
  readonly label: number | null;
  readonly confidence: number | null;
  /** Number of votes in each round. */
  readonly firstVotes: number;
  /** Blind votes of members who still take part. */
  readonly memberVotes: number;
  readonly secondVotes: number;
  readonly commentCount: number;
}

/** The room's images by place: all of them, or those at `places`. */
export function findNormingImages(
  connection: Connection,
  { roomId, places }: { readonly roomId: string; readonly places?: readonly number[] | undefined },
): Promise<NormingImageRecord[]> {
  const chosen = places === undefined ? Prisma.empty : Prisma.sql`AND i.place = ANY (${[...places]}::int[])`;
  return connection.$queryRaw<NormingImageRecord[]>(Prisma.sql`
    SELECT i.room_id AS "roomId", i.place, i.state::text AS state, i.sequence, i.image_index AS "imageIndex", s.image_sha256 AS "imageSha256",
      CASE WHEN i.state <> 'BLIND' THEN s.label END AS label, CASE WHEN i.state <> 'BLIND' THEN s.confidence END AS confidence,
      (SELECT count(*)::int FROM norming_votes v WHERE v.room_id = i.room_id AND v.place = i.place AND v.round = 1) AS "firstVotes",
      (SELECT count(*)::int FROM norming_votes v JOIN norming_room_members m ON m.room_id = v.room_id AND m.number = v.member
        WHERE v.room_id = i.room_id AND v.place = i.place AND v.round = 1 AND m.removed_at IS NULL) AS "memberVotes",
      (SELECT count(*)::int FROM norming_votes v WHERE v.room_id = i.room_id AND v.place = i.place AND v.round = 2) AS "secondVotes",
      (SELECT count(*)::int FROM norming_comments c WHERE c.room_id = i.room_id AND c.place = i.place) AS "commentCount"
    FROM norming_room_images i JOIN study_images s ON s.study_id = i.study_id AND s.role = i.role AND s.index = i.image_index
    WHERE i.room_id = ${roomId} ${chosen} ORDER BY i.place`);
}

export interface NormingVoteRecord {
  readonly place: number;
  readonly member: number;
  readonly round: NormingRound;
  /** Null for "nothing I recognise". */
  readonly label: number | null;
}

/** A vote with the time at which it arrived. */
export interface SettledVoteRecord extends NormingVoteRecord {
  readonly votedAt: Date;
}

interface Shown extends ForUser {
  readonly roomId: string;
  readonly places?: readonly number[] | undefined;
}

/**
 * The votes that the user may see: the own ones; blind ones once they are revealed; second ones once all have voted again or the image is
 * decided, and at once for a user without a blind vote. Until then, members can take their second votes back.
 */
export function findVisibleVotes(connection: Connection, { roomId, userId, places }: Shown): Promise<NormingVoteRecord[]> {
  const chosen = places === undefined ? Prisma.empty : Prisma.sql`AND v.place = ANY (${[...places]}::int[])`;
  return connection.$queryRaw<NormingVoteRecord[]>(Prisma.sql`
    WITH own AS (
      SELECT v.place, v.round, v.member FROM norming_votes v JOIN norming_room_members m ON m.room_id = v.room_id AND m.number = v.member
      WHERE v.room_id = ${roomId} AND m.user_id = ${userId}
    )
    SELECT v.place, v.member, v.round, v.label FROM norming_votes v JOIN norming_room_images i ON i.room_id = v.room_id AND i.place = v.place
    WHERE v.room_id = ${roomId} ${chosen} AND (
      EXISTS (SELECT 1 FROM own o WHERE o.place = v.place AND o.round = v.round AND o.member = v.member)
      OR (v.round = 1 AND i.state <> 'BLIND')
      OR (v.round = 2 AND (i.state = 'DECIDED' OR NOT EXISTS (SELECT 1 FROM own o WHERE o.place = v.place)
        OR NOT EXISTS (
          SELECT 1 FROM norming_votes f JOIN norming_room_members m ON m.room_id = f.room_id AND m.number = f.member AND m.removed_at IS NULL
          WHERE f.room_id = v.room_id AND f.place = v.place AND f.round = 1 AND NOT EXISTS (
            SELECT 1 FROM norming_votes s WHERE s.room_id = f.room_id AND s.place = f.place AND s.member = f.member AND s.round = 2))))
    ) ORDER BY v.place, v.round, v.member`);
}

/**
 * The votes on revealed images for statistics: those of round 1, and those of round 2 where it is complete or the image is decided. They
 * are the same for every reader, so that statistics reveal no vote that the reader may not see.
 */
export function findSettledVotes(connection: Connection, roomId: string): Promise<SettledVoteRecord[]> {
  return connection.$queryRaw<SettledVoteRecord[]>`
    WITH rounds AS (
      SELECT v.place, count(*) FILTER (WHERE v.round = 1) AS first, count(*) FILTER (WHERE v.round = 2) AS second
      FROM norming_votes v JOIN norming_room_members m ON m.room_id = v.room_id AND m.number = v.member
      WHERE v.room_id = ${roomId} AND m.removed_at IS NULL GROUP BY v.place
    )
    SELECT v.place, v.member, v.round, v.label, v.voted_at AS "votedAt" FROM norming_votes v
    JOIN norming_room_images i ON i.room_id = v.room_id AND i.place = v.place LEFT JOIN rounds c ON c.place = v.place
    WHERE v.room_id = ${roomId} AND i.state <> 'BLIND' AND (v.round = 1 OR i.state = 'DECIDED' OR c.second = c.first)
    ORDER BY v.place, v.round, v.member`;
}

export interface NormingCommentRecord {
  readonly place: number;
  readonly number: number;
  readonly member: number;
  readonly text: string;
  readonly createdAt: Date;
}

/** In order of writing. */
export async function findNormingComments(
  connection: Connection,
  { roomId, place }: { readonly roomId: string; readonly place: number },
): Promise<NormingCommentRecord[]> {
  const select = { place: true, number: true, member: true, text: true, createdAt: true } as const;
  return connection.normingComment.findMany({ where: { roomId, place }, orderBy: { number: "asc" }, select });
}

export interface NormingDecisionRecord {
  readonly place: number;
  readonly outcome: NormingOutcome;
  readonly label: number | null;
  readonly reason: string;
  readonly decidedById: string | null;
  readonly decidedAt: Date;
}

export async function findNormingDecisions(connection: Connection, roomId: string): Promise<NormingDecisionRecord[]> {
  const select = { place: true, outcome: true, label: true, reason: true, decidedById: true, decidedAt: true } as const;
  return connection.normingDecision.findMany({ where: { roomId }, orderBy: { place: "asc" }, select });
}

export interface StudyDecisionRecord extends NormingDecisionRecord {
  readonly studyId: string;
  /** Number of the room in its study. */
  readonly room: number;
  /** Index among the study's counted images. */
  readonly imageIndex: number;
}

/** All decisions on each study's images, in its rooms' order, in the order of `studyIds`. */
export async function findDecisionsOfStudies(connection: Connection, studyIds: readonly string[]): Promise<StudyDecisionRecord[][]> {
  const rows = await connection.$queryRaw<StudyDecisionRecord[]>`
    SELECT r.study_id AS "studyId", r.number AS room, i.image_index AS "imageIndex", d.place, d.outcome::text AS outcome, d.label, d.reason,
      d.decided_by_id AS "decidedById", d.decided_at AS "decidedAt"
    FROM norming_decisions d JOIN norming_rooms r ON r.id = d.room_id
    JOIN norming_room_images i ON i.room_id = d.room_id AND i.place = d.place
    WHERE r.study_id = ANY (${[...studyIds]}) ORDER BY r.number, d.place`;
  return groupInOrderOf(studyIds, rows, ({ studyId }) => studyId);
}

/** The users who take part, without their numbers in the room. Null for deleted accounts. */
export async function findRoomUsers(connection: Connection, roomId: string): Promise<string[]> {
  const rows = await connection.normingRoomMember.findMany({
    where: { roomId, userId: { not: null }, removedAt: null },
    orderBy: { userId: "asc" },
    select: { userId: true },
  });
  return rows.flatMap(({ userId }) => userId ?? []);
}

/**
 * Of these rooms, those that show the label of an image which is not revealed yet in another room of the user, with the number of that room.
 * A blind vote there does not open them, since it can be taken back until the reveal.
 */
export async function findUnblindingRooms(
  connection: Connection,
  { roomIds, userId }: ForUser & { readonly roomIds: readonly string[] },
): Promise<ReadonlyMap<string, number>> {
  const rows = await connection.$queryRaw<{ readonly roomId: string; readonly blindRoom: number }[]>`
    SELECT shown.room_id AS "roomId", min(room.number) AS "blindRoom" FROM norming_room_images shown
    JOIN norming_room_images blind ON blind.study_id = shown.study_id AND blind.image_index = shown.image_index AND blind.state = 'BLIND'
    JOIN norming_room_members m ON m.room_id = blind.room_id AND m.user_id = ${userId} AND m.removed_at IS NULL
    JOIN norming_rooms room ON room.id = blind.room_id
    WHERE shown.room_id = ANY (${[...roomIds]}) AND shown.state <> 'BLIND' GROUP BY shown.room_id`;
  return new Map(rows.map(({ roomId, blindRoom }) => [roomId, blindRoom]));
}

/**
 * Whether the user takes part in a room of the study that has shown labels. Votes in the study would then not be blind. A member is removed
 * only before a room shows labels.
 */
export async function hasSeenLabels(connection: Connection, { studyId, userId }: ForUser & { readonly studyId: string }): Promise<boolean> {
  const revealed = { room: { members: { some: { userId, removedAt: null } } }, studyId, state: { not: "BLIND" as const } };
  return (await connection.normingRoomImage.findFirst({ where: revealed, select: { place: true } })) !== null;
}
