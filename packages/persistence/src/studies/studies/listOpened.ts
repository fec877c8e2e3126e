/** Lists opened studies of all workspaces with their votes as they are stored, for checks of the whole installation. */
import type { StudyImageRole } from "@pareidolia/core/studyState";
import type { Connection } from "../../server/database/database.ts";

export interface OpenedStudyKey {
  readonly id: string;
  /** Such as STU-4. */
  readonly key: string;
  readonly seed: number;
}

export function listOpenedStudies(connection: Connection): Promise<OpenedStudyKey[]> {
  return connection.$queryRaw<OpenedStudyKey[]>`
    SELECT s.id, 'STU-' || s.number AS key, s.seed FROM studies s JOIN workspaces w ON w.id = s.workspace_id
    WHERE s.plan_text IS NOT NULL AND w.deleted_at IS NULL ORDER BY s.id`;
}

/** What is stored of a vote besides the answer. */
export interface StoredVote {
  readonly voter: number;
  readonly trial: number;
  readonly role: StudyImageRole;
  readonly item: number;
  /** Whether the voter had seen the image before in this phase. */
  readonly repeated: boolean;
  readonly agrees: boolean | null;
}

/** By trial, of voters who have not withdrawn. */
export function findStoredVotes(
  connection: Connection,
  { studyId, numbers }: { readonly studyId: string; readonly numbers: readonly number[] },
): Promise<StoredVote[]> {
  return connection.$queryRaw<StoredVote[]>`
    SELECT v.number AS voter, x.trial, x.role::text AS role, x.item, x.repeated, x.agrees FROM study_voters v JOIN votes x ON x.voter_id = v.id
    WHERE v.study_id = ${studyId} AND v.withdrawn_at IS NULL AND v.number = ANY (${[...numbers]}::int[]) ORDER BY v.number, x.trial`;
}
