/**
 * Reads what people say about the images of runs, and of groups of runs. Images with the same bytes and label count once in a group. Each
 * image counts equally, and each of its votes weighs 1 / (votes on it), as in `perception/images/meanShare`. Shares are corrected for
 * guessing, as in `perception/images/recognisedShare`.
 */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { liveRuns } from "../../server/scope/live.ts";
import { closedStudiesOf, type Reader } from "./closedStudies.ts";
import type { Withheld } from "./readRecognition.ts";

export interface RunRecognitionRecord extends Withheld {
  /** Images that studies asked about, those of them with votes, and these votes. */
  readonly asked: number;
  readonly images: number;
  readonly votes: number;
  /** Images and votes among them of which guesses can be counted: the figures below are of these. */
  readonly correctedImages: number;
  readonly correctedVotes: number;
  /** Mean over images of the corrected share, at most 1; null without one. */
  readonly mean: number | null;
  /** Sums over images: of the square of the share less the mean, and of 1 / votes; null without one. */
  readonly imageSquares: number | null;
  readonly inverseVotes: number | null;
  /** Mean over images of the mean odds of a right guess; null without one. */
  readonly odds: number | null;
  /** What the voters add; null without votes, or if the voters of some of them are not known. */
  readonly ofVoters: VoterSums | null;
}

export interface VoterSums {
  /** A member who votes in several studies is one voter; of a voter without an account, each study is. */
  readonly voters: number;
  /** Sum over voters of the square of the voter's sum of (corrected vote - mean) / (votes on the image). */
  readonly voterSquares: number;
}

interface Row extends Omit<RunRecognitionRecord, "ofVoters"> {
  readonly group: number;
  readonly voters: number | null;
  readonly voterSquares: number | null;
  /** Corrected votes whose voters are known. */
  readonly known: number | null;
}

/** Of more votes, their voters are not read: an interval would take seconds. */
export const maxVotesOfGroup = 50_000;

/**
 * For each group of runs in the reader's workspace: their current elites, trajectories and perturbations. Null for a group without images
 * that were asked about. Voters are not known of more votes than `maxVotesOfGroup`, and until the results of a study are computed again.
 */
export async function findRecognitionOfRuns(
  connection: Connection,
  { groups, ...reader }: Reader & { readonly groups: readonly (readonly string[])[] },
): Promise<(RunRecognitionRecord | null)[]> {
  const members = groups.flatMap((runIds, group) => runIds.map((runId) => ({ group, runId })));
  const runIds = Prisma.sql`${[...new Set(groups.flat())]}::text[]`;
  const { workspaceId } = reader.scope;
  const rows = await connection.$queryRaw<Row[]>(Prisma.sql`
    WITH hidden AS MATERIALIZED (
      SELECT DISTINCT ON (i.image_sha256) i.image_sha256, closed.number, closed.because FROM (${closedStudiesOf(reader)}) closed
      JOIN study_images i ON i.study_id = closed.id WHERE i.role = 'COUNTED' ORDER BY i.image_sha256, closed.number
    ), shown AS (
      SELECT e.run_id, g.image_sha256, e.niche AS label FROM elites e
      CROSS JOIN LATERAL (SELECT g.image_sha256 FROM genomes g WHERE g.id = e.genome_id OFFSET 0) AS g
      WHERE e.run_id = ANY (${runIds}) AND e.replaced_at IS NULL
      UNION SELECT t.run_id, t.image_sha256, t.class FROM trajectories t WHERE t.run_id = ANY (${runIds})
      UNION SELECT p.run_id, p.image_sha256, p.stored_class FROM perturbations p WHERE p.run_id = ANY (${runIds})
    ), asked AS MATERIALIZED (
      SELECT DISTINCT member."group", p.image_sha256, p.label_space, p.label, p.votes, p.corrected_votes, p.recognised, p.guess_odds, h.number, h.because
      FROM shown JOIN ${liveRuns} r ON r.id = shown.run_id JOIN models m ON m.id = r.model_id
      JOIN unnest(${members.map(({ group }) => group)}::int[], ${members.map(({ runId }) => runId)}::text[]) AS member("group", run_id)
        ON member.run_id = shown.run_id
      CROSS JOIN LATERAL (SELECT * FROM recognition p WHERE p.image_sha256 = shown.image_sha256 AND p.workspace_id = r.workspace_id
        AND p.label_space = m.label_space AND p.label = shown.label OFFSET 0) AS p
      LEFT JOIN hidden h ON h.image_sha256 = p.image_sha256
      WHERE r.workspace_id = ${workspaceId}
    ), total AS MATERIALIZED (
      SELECT "group", count(*)::int AS asked, count(nullif(votes, 0))::int AS images, sum(votes)::int AS votes,
        count(share)::int AS "correctedImages", sum(corrected_votes)::int AS "correctedVotes", avg(share) AS mean,
        coalesce(var_pop(share), 0) * count(share) AS "imageSquares", sum(1.0::double precision / corrected) AS "inverseVotes",
        avg(guess_odds::double precision / corrected) AS odds,
        min(number)::int AS "closedStudy", (array_agg(because ORDER BY number) FILTER (WHERE number IS NOT NULL))[1] AS because
      FROM (SELECT *, recognised::double precision / corrected AS share
        FROM (SELECT *, nullif(corrected_votes, 0) AS corrected FROM asked) counted) judged GROUP BY "group"
    ), ballot AS (
      SELECT a."group", i.study_id, v.number, sum((v.value - total.mean) / a.corrected_votes) AS score, count(*) AS votes
      FROM asked a JOIN total ON total."group" = a."group" AND total."correctedVotes" <= ${maxVotesOfGroup}::int
      CROSS JOIN LATERAL (SELECT i.study_id, i.agreeing_voters, i.other_voters, i.recognition_alternatives AS alternatives FROM study_images i JOIN studies s ON s.id = i.study_id
        WHERE i.image_sha256 = a.image_sha256 AND i.role = 'COUNTED' AND i.label_space = a.label_space AND i.label = a.label
          AND i.recognition_alternatives IS NOT NULL AND s.workspace_id = ${workspaceId} OFFSET 0) AS i
      CROSS JOIN LATERAL (SELECT number, 1.0::double precision AS value FROM unnest(i.agreeing_voters) AS number
        UNION ALL SELECT number, -1.0::double precision / (i.alternatives - 1) FROM unnest(i.other_voters) AS number) AS v
      WHERE a.corrected_votes > 0 GROUP BY a."group", i.study_id, v.number
    ), voter AS (
      SELECT b."group", sum(b.score) AS score, sum(b.votes)::int AS votes
      FROM ballot b JOIN study_voters v ON v.study_id = b.study_id AND v.number = b.number GROUP BY b."group", coalesce(v.user_id, v.id)
    )
    SELECT total.*, of_voters.voters, of_voters."voterSquares", of_voters.known
    FROM total LEFT JOIN (
      SELECT "group", count(*)::int AS voters, sum(score ^ 2) AS "voterSquares", sum(votes)::int AS known FROM voter GROUP BY "group"
    ) of_voters USING ("group")`);
  const byGroup = new Map(rows.map((row) => [row.group, row]));
  return groups.map((_, group) => {
    const row = byGroup.get(group);
    if (row === undefined) return null;
    const { group: _group, voters, voterSquares, known, ...record } = row;
    const ofVoters = voters === null || voterSquares === null || known !== record.correctedVotes ? null : { voters, voterSquares };
    return { ...record, ofVoters };
  });
}
