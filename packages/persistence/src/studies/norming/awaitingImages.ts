/**
 * Images that are assigned to a member and await the member's votes: all of them before the member joins the study, then those of the
 * member's session without an answer, until the member has finished.
 */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";

/** Rows of `study_assignments a` that await the user, in studies that take votes. */
function awaiting(userId: string): Prisma.Sql {
  return Prisma.sql`study_assignments a JOIN studies o ON o.id = a.study_id AND o.state IN ('OPEN', 'PAUSED')
    LEFT JOIN study_voters v ON v.study_id = a.study_id AND v.user_id = a.user_id
    WHERE a.user_id = ${userId} AND (v.id IS NULL OR (v.finished_at IS NULL AND a.image_index = ANY (v.items)
      AND NOT EXISTS (SELECT 1 FROM votes w WHERE w.voter_id = v.id AND w.role = 'COUNTED' AND w.item = a.image_index)))`;
}

/** For lists of `studies s`: those with images that await the user. */
export function hasAwaitingImages(userId: string): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM ${awaiting(userId)} AND a.study_id = s.id)`;
}

/** The number of images that await the user in each study, in the order of `studyIds`. */
export async function countAwaitingImages(
  connection: Connection,
  { studyIds, userId }: { readonly studyIds: readonly string[]; readonly userId: string },
): Promise<number[]> {
  const rows = await connection.$queryRaw<{ readonly studyId: string; readonly images: number }[]>(
    Prisma.sql`SELECT a.study_id AS "studyId", count(*)::int AS images FROM ${awaiting(userId)} AND a.study_id = ANY (${[...studyIds]})
      GROUP BY a.study_id`,
  );
  const counts = new Map(rows.map(({ studyId, images }) => [studyId, images]));
  return studyIds.map((id) => counts.get(id) ?? 0);
}
