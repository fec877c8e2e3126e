/** Reads what people say about images, for results, and which studies asked about an image. */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
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
  /** Perception's CorrectedVotes. */
  readonly correctedVotes: number;
  readonly recognised: number;
  readonly guessOdds: number;
}

/** Of results of a kind in the reader's workspace; null for one whose image was never asked about. */
export async function findRecognition(
  connection: Connection,
  { kind, ids, ...reader }: Reader & { readonly kind: LabelledKind; readonly ids: readonly string[] },
): Promise<(RecognitionRecord | null)[]> {
  const images = labelledImages[kind];
  const rows = await connection.$queryRaw<RecognitionRecord[]>(Prisma.sql`
    WITH closed AS MATERIALIZED (${closedStudiesOf(reader)})
    SELECT ${images.id} AS id, recognition.studies, recognition.votes, recognition.agreeing,
      recognition.corrected_votes AS "correctedVotes", recognition.recognised::double precision AS recognised,
      recognition.guess_odds::double precision AS "guessOdds", c.number AS "closedStudy", c.because
    ${images.from} JOIN recognition ON ${recognitionOf(images)}
    LEFT JOIN LATERAL (SELECT closed.number, closed.because FROM closed JOIN study_images i ON i.study_id = closed.id
      WHERE i.image_sha256 = recognition.image_sha256 AND i.role = 'COUNTED' ORDER BY closed.number LIMIT 1) c ON true
    WHERE ${images.id} = ANY (${[...ids]}) AND r.workspace_id = ${reader.scope.workspaceId}`);
  return inOrderOf(ids, rows, ({ id }) => id);
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
  /** Whether the plan leaves the answer out: of an insider, of a voter whom the last results exclude, or to a mistimed trial. */
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
    ), timed AS MATERIALIZED (
      -- Few plans have a rule of mistimed trials, and a plan of many images takes long to parse.
      SELECT CASE WHEN plan_text LIKE '%"mistimedMs"%' THEN (plan_text::jsonb #>> '{rules,exclusion,mistimedMs}')::float8 END AS ms
      FROM studies WHERE id = ${studyId}
    )
    SELECT p.id AS "voterId", p.number, p.items, v.trial, v.answer, v.agrees,
      (p.insider OR p.number IN (SELECT number FROM excluded)
        OR coalesce(abs((v.timing->>'shownMs')::float8 - (v.timing->>'requestedMs')::float8) > timed.ms, FALSE)) AS excluded
    FROM votes v JOIN study_voters p ON p.id = v.voter_id CROSS JOIN timed
    WHERE v.study_id = ${studyId} AND v.role = 'COUNTED' AND NOT v.repeated AND v.item = ${index}::int AND v.answer IS NOT NULL AND p.withdrawn_at IS NULL
    ORDER BY v.received_at, p.number, v.trial LIMIT ${limit}`;
}

/** The number of voters whose votes count as planned, in the last computed results of a study; null before the first computation. */
export async function findPlannedVoters(connection: Connection, studyId: string): Promise<number | null> {
  const [found] = await connection.$queryRaw<{ readonly voters: number | null }[]>`
    SELECT (result->'counts'->'planned'->>'voters')::int AS voters FROM study_results WHERE study_id = ${studyId} AND kind = 'voters'`;
  return found?.voters ?? null;
}
