/** Reads what people say about images, for results and runs, and which studies asked about an image. */
import type { Connection } from "../database/database.ts";
import { inOrderOf } from "../database/inOrderOf.ts";
import { Prisma } from "../generated/client.ts";
import { liveRuns } from "../scope/live.ts";
import { type ClosedBecause, closedStudiesOf, type Reader } from "./closedStudies.ts";
import { type LabelledKind, labelledImages, recognitionOf } from "./labelledImages.ts";

/** Why figures are withheld from the reader: a study that asked about the image is closed to them. Null: they are not. */
export interface Withheld {
  readonly closedStudy: number | null;
  readonly because: ClosedBecause | null;
}

export interface RecognitionRecord extends Withheld {
  /** Of the elite, trajectory or perturbation. */
  readonly id: string;
  /** Opened studies that asked about its image with its label. */
  readonly studies: number;
  readonly votes: number;
  readonly agreeing: number;
}

/** Of results of a kind in the reader's workspace; null for one whose image was never asked about. */
export async function findRecognition(
  connection: Connection,
  { kind, ids, ...reader }: Reader & { readonly kind: LabelledKind; readonly ids: readonly string[] },
): Promise<(RecognitionRecord | null)[]> {
  const images = labelledImages[kind];
  const rows = await connection.$queryRaw<RecognitionRecord[]>(Prisma.sql`
    WITH closed AS MATERIALIZED (${closedStudiesOf(reader)})
    SELECT ${images.id} AS id, recognition.studies, recognition.votes, recognition.agreeing, c.number AS "closedStudy", c.because
    ${images.from} JOIN recognition ON ${recognitionOf(images)}
    LEFT JOIN LATERAL (SELECT closed.number, closed.because FROM closed JOIN study_images i ON i.study_id = closed.id
      WHERE i.image_sha256 = recognition.image_sha256 AND i.role = 'COUNTED' ORDER BY closed.number LIMIT 1) c ON true
    WHERE ${images.id} = ANY (${[...ids]}) AND r.workspace_id = ${reader.scope.workspaceId}`);
  return inOrderOf(ids, rows, ({ id }) => id);
}

export interface RunRecognitionRecord extends Withheld {
  readonly runId: string;
  /** Images that studies asked about, and those of them with votes. */
  readonly asked: number;
  readonly images: number;
  readonly votes: number;
  /** Over images with votes, of the shares that agree: the mean, and the variance with n - 1; null without images, or with one. */
  readonly mean: number | null;
  readonly variance: number | null;
}

/** Of runs in the reader's workspace: their current elites, trajectories and perturbations. Null for a run without images that were asked about. */
export async function findRecognitionOfRuns(
  connection: Connection,
  { runIds, ...reader }: Reader & { readonly runIds: readonly string[] },
): Promise<(RunRecognitionRecord | null)[]> {
  const rows = await connection.$queryRaw<RunRecognitionRecord[]>(Prisma.sql`
    WITH hidden AS MATERIALIZED (
      SELECT DISTINCT ON (i.image_sha256) i.image_sha256, closed.number, closed.because FROM (${closedStudiesOf(reader)}) closed
      JOIN study_images i ON i.study_id = closed.id WHERE i.role = 'COUNTED' ORDER BY i.image_sha256, closed.number
    ), shown AS (
      SELECT e.run_id, g.image_sha256, e.niche AS label FROM elites e
      CROSS JOIN LATERAL (SELECT g.image_sha256 FROM genomes g WHERE g.id = e.genome_id OFFSET 0) AS g
      WHERE e.run_id = ANY (${[...runIds]}) AND e.replaced_at IS NULL
      UNION SELECT t.run_id, t.image_sha256, t.class FROM trajectories t WHERE t.run_id = ANY (${[...runIds]})
      UNION SELECT p.run_id, p.image_sha256, p.stored_class FROM perturbations p WHERE p.run_id = ANY (${[...runIds]})
    ), asked AS (
      SELECT shown.run_id, p.votes, p.agreeing::double precision / nullif(p.votes, 0) AS share, h.number, h.because
      FROM shown JOIN ${liveRuns} r ON r.id = shown.run_id JOIN models m ON m.id = r.model_id
      CROSS JOIN LATERAL (SELECT * FROM recognition p WHERE p.image_sha256 = shown.image_sha256 AND p.workspace_id = r.workspace_id
        AND p.label_space = m.label_space AND p.label = shown.label OFFSET 0) AS p
      LEFT JOIN hidden h ON h.image_sha256 = p.image_sha256
      WHERE r.workspace_id = ${reader.scope.workspaceId}
    )
    SELECT run_id AS "runId", count(*)::int AS asked, count(share)::int AS images, sum(votes)::int AS votes, avg(share) AS mean,
      var_samp(share) AS variance, min(number)::int AS "closedStudy",
      (array_agg(because ORDER BY number) FILTER (WHERE number IS NOT NULL))[1] AS because
    FROM asked GROUP BY run_id`);
  return inOrderOf(runIds, rows, ({ runId }) => runId);
}

/** An opened study that shows an image as a counted one. */
export interface ImageStudyRecord {
  readonly studyId: string;
  readonly number: number;
  readonly index: number;
  readonly label: number;
  /** The machine's, on the stored bytes; null without a machine. */
  readonly confidence: number | null;
  /** The number of the study's latest change of a tally. */
  readonly sequence: number;
  readonly because: ClosedBecause | null;
}

/** The studies in the reader's workspace that asked about the image, latest first. */
export function listStudiesOfImage(
  connection: Connection,
  { imageSha256, limit, ...reader }: Reader & { readonly imageSha256: string; readonly limit: number },
): Promise<ImageStudyRecord[]> {
  return connection.$queryRaw<ImageStudyRecord[]>(Prisma.sql`
    WITH closed AS (${closedStudiesOf(reader)})
    SELECT i.study_id AS "studyId", s.number, i.index, i.label, i.confidence, s.tally_sequence AS sequence, c.because
    FROM study_images i JOIN studies s ON s.id = i.study_id LEFT JOIN closed c ON c.id = s.id
    WHERE i.image_sha256 = ${imageSha256} AND i.role = 'COUNTED' AND s.workspace_id = ${reader.scope.workspaceId}
      AND s.plan_text IS NOT NULL
    ORDER BY s.number DESC LIMIT ${limit}`);
}

/** An answer to a trial that shows an image. */
export interface AnswerRecord {
  readonly voterId: string;
  /** With the study's seed and `items`, determines the voter's trials. */
  readonly number: number;
  readonly items: readonly number[];
  readonly trial: number;
  /** Perception's Answer. */
  readonly answer: unknown;
  readonly agrees: boolean | null;
  /** Whether the plan leaves the voter out: an insider, or a voter whom the last results exclude. */
  readonly excluded: boolean;
}

/** Answers of voters who have not withdrawn; skipped trials are left out. Oldest first. */
export function findAnswersToImage(
  connection: Connection,
  { studyId, index, limit }: { readonly studyId: string; readonly index: number; readonly limit: number },
): Promise<AnswerRecord[]> {
  return connection.$queryRaw<AnswerRecord[]>`
    WITH excluded AS MATERIALIZED (
      SELECT (v->>'number')::int AS number FROM study_results r, jsonb_array_elements(r.result->'everyone'->'voters') v
      WHERE r.study_id = ${studyId} AND r.kind = 'voters' AND jsonb_array_length(v->'exclusions') > 0
    )
    SELECT p.id AS "voterId", p.number, p.items, v.trial, v.answer, v.agrees,
      (p.insider OR p.number IN (SELECT number FROM excluded)) AS excluded
    FROM votes v JOIN study_voters p ON p.id = v.voter_id
    WHERE v.study_id = ${studyId} AND v.role = 'COUNTED' AND v.item = ${index}::int AND v.answer IS NOT NULL AND p.withdrawn_at IS NULL
    ORDER BY v.received_at, p.number, v.trial LIMIT ${limit}`;
}

/** The number of voters whose votes count as planned, in the last computed results of a study; null before the first computation. */
export async function findPlannedVoters(connection: Connection, studyId: string): Promise<number | null> {
  const [found] = await connection.$queryRaw<{ readonly voters: number | null }[]>`
    SELECT (result->'counts'->'planned'->>'voters')::int AS voters FROM study_results WHERE study_id = ${studyId} AND kind = 'voters'`;
  return found?.voters ?? null;
}
