/** Finds an image by its address for voters, with the state of its study and its role there, which decide who may read it. */
import type { StudyImageRole, StudyState } from "@pareidolia/core/studyState";
import type { Connection } from "../database/database.ts";

export interface BallotImageRecord {
  readonly token: string;
  readonly imageSha256: string;
  readonly studyId: string;
  readonly workspaceId: string;
  readonly createdById: string;
  readonly state: StudyState;
  readonly role: StudyImageRole;
}

/** Null for an unknown address, and in a deleted workspace. */
export async function findBallotImage(connection: Connection, token: string): Promise<BallotImageRecord | null> {
  const [row] = await connection.$queryRaw<BallotImageRecord[]>`
    SELECT i.token, i.image_sha256 AS "imageSha256", s.id AS "studyId", s.workspace_id AS "workspaceId", s.created_by_id AS "createdById",
      s.state::text AS state, i.role::text AS role
    FROM study_images i JOIN studies s ON s.id = i.study_id JOIN workspaces w ON w.id = s.workspace_id
    WHERE i.token = ${token} AND w.deleted_at IS NULL`;
  return row ?? null;
}
