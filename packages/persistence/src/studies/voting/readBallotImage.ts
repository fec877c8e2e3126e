/** Finds the study of an image's address for a voter or a norming room, with the state that decides who may read the image. */
import type { StudyState } from "@pareidolia/core/studyState";
import type { Connection } from "../../server/database/database.ts";

export interface BallotImageStudy {
  readonly studyId: string;
  readonly workspaceId: string;
  readonly createdById: string;
  readonly state: StudyState;
  readonly imageSecret: string;
}

/** The study of the voter or the room with this key; null for an unknown one, after the voter withdrew, and in a deleted workspace. */
export async function findBallotImageStudy(connection: Connection, imageKey: string): Promise<BallotImageStudy | null> {
  const [row] = await connection.$queryRaw<BallotImageStudy[]>`
    WITH holder AS (
      SELECT study_id FROM study_voters WHERE image_key = ${imageKey} UNION ALL SELECT study_id FROM norming_rooms WHERE image_key = ${imageKey}
    )
    SELECT s.id AS "studyId", s.workspace_id AS "workspaceId", s.created_by_id AS "createdById", s.state::text AS state,
      s.image_secret AS "imageSecret"
    FROM holder h JOIN studies s ON s.id = h.study_id JOIN workspaces w ON w.id = s.workspace_id
    WHERE w.deleted_at IS NULL`;
  return row ?? null;
}
