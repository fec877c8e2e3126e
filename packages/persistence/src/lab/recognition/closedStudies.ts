/**
 * The studies whose labels and results a member may not read for now: while the member votes in one, and until all images of its norming
 * rooms in which the member takes part are revealed.
 */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import type { Scope } from "../../server/scope/scope.ts";

export type ClosedBecause = "VOTING" | "NORMING";

export interface ClosedStudy {
  readonly id: string;
  readonly number: number;
  readonly because: ClosedBecause;
}

/** For statements with a study `s`: why it is closed to the user; null if it is open. */
const closedTo = (userId: string): Prisma.Sql => Prisma.sql`
  CASE WHEN s.state IN ('OPEN', 'PAUSED') AND EXISTS (
      SELECT FROM study_voters v WHERE v.study_id = s.id AND v.user_id = ${userId} AND v.finished_at IS NULL AND v.withdrawn_at IS NULL)
    THEN 'VOTING'
  WHEN EXISTS (
      SELECT FROM norming_rooms r JOIN norming_room_members a ON a.room_id = r.id JOIN norming_room_images i ON i.room_id = r.id
      WHERE r.study_id = s.id AND a.user_id = ${userId} AND a.removed_at IS NULL AND i.state = 'BLIND')
    THEN 'NORMING' END`;

const closedAmong = (userId: string, studies: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT id, number, because FROM (SELECT s.id, s.number, ${closedTo(userId)} AS because FROM studies s WHERE ${studies}) among
  WHERE because IS NOT NULL`;

/** Those of the given studies that are closed to the user. */
export function findClosedStudies(
  connection: Connection,
  { userId, studyIds }: { readonly userId: string; readonly studyIds: readonly string[] },
): Promise<ClosedStudy[]> {
  return connection.$queryRaw<ClosedStudy[]>(Prisma.sql`${closedAmong(userId, Prisma.sql`s.id = ANY (${[...studyIds]})`)}`);
}

/** The user as a member of a workspace. */
export interface Reader {
  readonly scope: Scope;
  readonly userId: string;
}

/** SQL that selects id, number and because of the workspace's studies that are closed to the user. It starts from the user's own rows. */
export const closedStudiesOf = ({ scope, userId }: Reader): Prisma.Sql =>
  closedAmong(
    userId,
    Prisma.sql`s.workspace_id = ${scope.workspaceId} AND s.id IN (
      SELECT v.study_id FROM study_voters v WHERE v.user_id = ${userId}
      UNION SELECT r.study_id FROM norming_room_members a JOIN norming_rooms r ON r.id = a.room_id WHERE a.user_id = ${userId} AND a.removed_at IS NULL)`,
  );

/** All studies of the workspace that are closed to the user. */
export function listClosedStudies(connection: Connection, reader: Reader): Promise<ClosedStudy[]> {
  return connection.$queryRaw<ClosedStudy[]>(Prisma.sql`${closedStudiesOf(reader)} ORDER BY number`);
}
