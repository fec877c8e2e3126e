/**
 * Keeps what people say about images in step with studies. Each study adds its part: a row of `recognition` is the sum of the parts of all
 * studies of a workspace that asked about the image with the same label. A part changes while the study's row is locked, and rows are locked
 * in the order of their keys, so two studies with the same images never wait for each other in a circle. Corrected votes are added up as
 * decimal numbers, so that subtracting a part leaves exactly what was there before.
 */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";

/** The votes that count on a study's counted images, as columns. */
export interface RecognitionOfImages {
  /** Number of images. */
  readonly images: number;
  /** Choices of the question; null if the guesses among the votes cannot be counted. */
  readonly alternatives: number | null;
  /** Of each vote: the image's place in the plan, the voter's number, and whether the vote agrees with the label. */
  readonly image: readonly number[];
  readonly voter: readonly number[];
  readonly agrees: readonly boolean[];
}

/** Called when a study opens: from then on, its images have been asked about. Images without a network's label are left out. */
export async function askAboutImages(connection: Connection, studyId: string): Promise<void> {
  await connection.$executeRaw`
    UPDATE study_images i SET label_space = m.label_space FROM models m
    WHERE m.id = i.model_id AND i.study_id = ${studyId} AND i.role = 'COUNTED'`;
  await connection.$executeRaw`
    INSERT INTO recognition AS p (workspace_id, image_sha256, label_space, label, studies)
    SELECT s.workspace_id, i.image_sha256, i.label_space, i.label, 1 FROM study_images i JOIN studies s ON s.id = i.study_id
    WHERE i.study_id = ${studyId} AND i.role = 'COUNTED' AND i.label_space IS NOT NULL
    GROUP BY 1, 2, 3, 4 ORDER BY i.image_sha256, s.workspace_id, i.label_space, i.label
    ON CONFLICT (image_sha256, workspace_id, label_space, label) DO UPDATE SET studies = p.studies + 1`;
}

/**
 * The corrected part of a row with `votes`, `agreeing` and `alternatives`: its votes, recognised sum and odds of guesses, as declared in
 * `perception/images/recognisedShare`. Zeros without alternatives.
 */
export const correctedPart = (votes: Prisma.Sql, agreeing: Prisma.Sql, alternatives: Prisma.Sql) => ({
  votes: Prisma.sql`CASE WHEN ${alternatives} IS NULL THEN 0 ELSE ${votes} END`,
  recognised: Prisma.sql`coalesce(${agreeing} - round((${votes} - ${agreeing})::numeric / (${alternatives} - 1), 12), 0)`,
  guessOdds: Prisma.sql`coalesce(round(${votes}::numeric / (${alternatives} - 1), 12), 0)`,
});

const corrected = {
  now: correctedPart(Prisma.sql`part.votes`, Prisma.sql`part.agreeing`, Prisma.sql`part.alternatives`),
  before: correctedPart(Prisma.sql`o.recognition_votes`, Prisma.sql`o.recognition_agreeing`, Prisma.sql`o.recognition_alternatives`),
};

/** @param parts rows (index, agreeing, others), the numbers of the voters of the study's new part for those images, ascending. */
async function setParts(
  connection: Connection,
  { studyId, alternatives }: { readonly studyId: string; readonly alternatives: number | null },
  parts: Prisma.Sql,
): Promise<void> {
  await connection.$executeRaw(Prisma.sql`
    WITH part AS (
      SELECT index, agreeing AS agreeing_voters, others AS other_voters, cardinality(agreeing) AS agreeing,
        cardinality(agreeing) + cardinality(others) AS votes,
        CASE WHEN cardinality(agreeing) + cardinality(others) > 0 THEN ${alternatives}::int END AS alternatives
      FROM (${parts}) given
    ), changed AS (
      UPDATE study_images i SET recognition_votes = part.votes, recognition_agreeing = part.agreeing,
        agreeing_voters = part.agreeing_voters, other_voters = part.other_voters, recognition_alternatives = part.alternatives
      FROM part JOIN study_images o ON o.index = part.index JOIN studies s ON s.id = o.study_id
      WHERE o.study_id = ${studyId} AND o.role = 'COUNTED' AND i.study_id = o.study_id AND i.role = o.role AND i.index = o.index
        AND (o.recognition_votes, o.recognition_agreeing, o.recognition_alternatives, o.agreeing_voters, o.other_voters)
          IS DISTINCT FROM (part.votes, part.agreeing, part.alternatives, part.agreeing_voters, part.other_voters)
      RETURNING s.workspace_id, i.image_sha256, i.label_space, i.label,
        part.votes - o.recognition_votes AS votes, part.agreeing - o.recognition_agreeing AS agreeing,
        ${corrected.now.votes} - ${corrected.before.votes} AS corrected_votes,
        ${corrected.now.recognised} - ${corrected.before.recognised} AS recognised,
        ${corrected.now.guessOdds} - ${corrected.before.guessOdds} AS guess_odds
    ), difference AS (
      SELECT workspace_id, image_sha256, label_space, label, sum(votes)::int AS votes, sum(agreeing)::int AS agreeing,
        sum(corrected_votes)::int AS corrected_votes, sum(recognised) AS recognised, sum(guess_odds) AS guess_odds
      FROM changed GROUP BY 1, 2, 3, 4
    ), locked AS (
      SELECT p.workspace_id, p.image_sha256, p.label_space, p.label, d.votes, d.agreeing, d.corrected_votes, d.recognised, d.guess_odds
      FROM difference d JOIN recognition p USING (workspace_id, image_sha256, label_space, label)
      ORDER BY p.image_sha256, p.workspace_id, p.label_space, p.label FOR NO KEY UPDATE OF p
    )
    UPDATE recognition p SET votes = p.votes + l.votes, agreeing = p.agreeing + l.agreeing,
      corrected_votes = p.corrected_votes + l.corrected_votes, recognised = p.recognised + l.recognised, guess_odds = p.guess_odds + l.guess_odds
    FROM locked l
    WHERE p.image_sha256 = l.image_sha256 AND p.workspace_id = l.workspace_id AND p.label_space = l.label_space AND p.label = l.label`);
}

/** Replaces the study's part. Call with the study locked. */
export function writeRecognition(
  connection: Connection,
  studyId: string,
  { images, alternatives, image, voter, agrees }: RecognitionOfImages,
): Promise<void> {
  const votersWho = (agree: Prisma.Sql): Prisma.Sql =>
    Prisma.sql`coalesce(array_agg(vote.voter ORDER BY vote.voter) FILTER (WHERE ${agree}), '{}')`;
  return setParts(
    connection,
    { studyId, alternatives },
    Prisma.sql`SELECT place AS index, ${votersWho(Prisma.sql`vote.agrees`)} AS agreeing, ${votersWho(Prisma.sql`NOT vote.agrees`)} AS others
      FROM generate_series(0, ${images - 1}::int) AS place
      LEFT JOIN unnest(${[...image]}::int[], ${[...voter]}::int[], ${[...agrees]}::boolean[]) AS vote(image, voter, agrees) ON vote.image = place
      GROUP BY place`,
  );
}

/** Removes the study's part for these counted images until results are computed again. Call with the study locked. */
export function clearRecognition(
  connection: Connection,
  { studyId, indices }: { readonly studyId: string; readonly indices: readonly number[] },
): Promise<void> {
  return setParts(
    connection,
    { studyId, alternatives: null },
    Prisma.sql`SELECT index, '{}'::int[] AS agreeing, '{}'::int[] AS others FROM unnest(${[...indices]}::int[]) AS given(index)`,
  );
}
