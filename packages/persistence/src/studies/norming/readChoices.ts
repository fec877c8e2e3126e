/** Reads the counted answers of a study, to find the images on which people disagree. */
import type { Connection } from "../../server/database/database.ts";

export interface VoterChoices {
  readonly voterId: string;
  /** With the study's seed and `items`, determines the voter's trials. */
  readonly number: number;
  readonly items: readonly number[];
  /** The voter's answered counted trials. */
  readonly trials: readonly number[];
  /** The chosen position of each; -1 for "can't tell". */
  readonly choices: readonly number[];
}

/** Of voters who have not withdrawn, in order of arrival. Answers without a choice, such as texts, are left out. */
export function findVoterChoices(connection: Connection, studyId: string): Promise<VoterChoices[]> {
  return connection.$queryRaw<VoterChoices[]>`
    SELECT p.id AS "voterId", p.number, p.items, array_agg(v.trial ORDER BY v.trial) AS trials,
      array_agg(coalesce((v.answer->>'choice')::int, -1) ORDER BY v.trial) AS choices
    FROM votes v JOIN study_voters p ON p.id = v.voter_id
    WHERE v.study_id = ${studyId} AND v.role = 'COUNTED' AND NOT v.repeated AND p.withdrawn_at IS NULL AND (v.answer ? 'choice' OR v.answer ? 'cantTell')
    GROUP BY p.id ORDER BY p.number`;
}
