/**
 * Reads the votes of a study for its results and exports. Voters who withdrew are never among them. A voter and its votes are read in one
 * statement, so no voter's votes are from different moments.
 */
import type { Connection } from "../../server/database/database.ts";

/** A voter, with a text that changes whenever anything about the voter or a vote of the voter changes. */
export interface VoterState {
  readonly number: number;
  readonly state: string;
}

export interface VoteRecord {
  readonly trial: number;
  /** Perception's Answer; null for a skipped trial. */
  readonly answer: unknown;
  readonly timedOut: boolean;
  readonly responseMs: number | null;
  /** What was on the screen, as the browser measured it; null if it did not. */
  readonly timing: unknown;
  /** ISO 8601, by the voter's clock. */
  readonly votedAt: string;
}

export interface VoterWithVotes extends VoterState {
  /** Indices of counted images. */
  readonly items: readonly number[];
  readonly finished: boolean;
  readonly insider: boolean;
  readonly still: boolean;
  /** By trial. */
  readonly votes: readonly VoteRecord[];
}

/** By number. Reads no answers, so it is fast for studies of many votes. */
export function findVoterStates(connection: Connection, studyId: string): Promise<VoterState[]> {
  return connection.$queryRaw<VoterState[]>`
    SELECT v.number, concat_ws(' ', v.undone, v.finished_at IS NOT NULL, v.insider, count(x.trial), max(x.received_at)) AS state
    FROM study_voters v LEFT JOIN votes x ON x.voter_id = v.id
    WHERE v.study_id = ${studyId} AND v.withdrawn_at IS NULL GROUP BY v.id ORDER BY v.number`;
}

/** Of these voters, those who have not withdrawn, by number. A hundred at a time are a few megabytes. */
export function findVotersWithVotes(
  connection: Connection,
  { studyId, numbers }: { readonly studyId: string; readonly numbers: readonly number[] },
): Promise<VoterWithVotes[]> {
  return connection.$queryRaw<VoterWithVotes[]>`
    SELECT v.number, concat_ws(' ', v.undone, v.finished_at IS NOT NULL, v.insider, count(x.trial), max(x.received_at)) AS state, v.items,
      v.finished_at IS NOT NULL AS finished, v.insider, v.still,
      coalesce(jsonb_agg(jsonb_build_object('trial', x.trial, 'answer', x.answer, 'timedOut', x.timed_out, 'responseMs', x.response_ms, 'timing', x.timing,
        'votedAt', to_char(x.voted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY x.trial)
        FILTER (WHERE x.trial IS NOT NULL), '[]'::jsonb) AS votes
    FROM study_voters v LEFT JOIN votes x ON x.voter_id = v.id
    WHERE v.study_id = ${studyId} AND v.withdrawn_at IS NULL AND v.number = ANY (${[...numbers]}::int[])
    GROUP BY v.id ORDER BY v.number`;
}
