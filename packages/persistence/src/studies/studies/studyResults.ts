/**
 * The computed results of studies. Votes arrive while results are computed, so a result is stored with the number of votes that it is of,
 * and never over one that was computed from later votes.
 */

import { Prisma } from "../../generated/client.ts";
import { type RecognitionOfImages, writeRecognition } from "../../lab/recognition/writeRecognition.ts";
import { isOtherNetwork } from "../../lab/scores/otherNetworks.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { type CodedTextRecord, findRevealedTexts } from "../textCodes/readTextCodes.ts";
import { outdated } from "../voting/voteCounters.ts";

/** What results are computed from, and when the votes were read. */
export interface ResultSource {
  readonly studyId: string;
  readonly planText: string;
  readonly planHash: string;
  /** Counted votes. */
  readonly voteCount: number;
  /** By the database's clock. */
  readonly readAt: Date;
  /** A text that changes whenever any voter or vote of the study changes. */
  readonly state: string;
  /** Voters who have withdrawn. */
  readonly withdrawn: number;
  /** IDs of the notes that other networks have scored images, whose scores are in `images`, and that codes of texts changed. */
  readonly rescored: readonly bigint[];
  /** Texts whose codes are revealed. */
  readonly coded: readonly CodedTextRecord[];
  /** Counted images, in the plan's order. */
  readonly images: readonly ImageOfResults[];
}

export interface ImageOfResults {
  readonly confidence: number | null;
  readonly source: string;
  /** The name of the network whose label it is. */
  readonly model: string | null;
  /** Of the elite that it shows. */
  readonly generation: number | null;
  /**
   * Other networks of the same label space that have scored the image, by name, and whether their first label is the same. Networks of one
   * name, which results would take for one network, have a number after it: "VGG (2)".
   */
  readonly networks: readonly { readonly model: string; readonly agrees: boolean }[];
}

/** The study's votes as one text, and the number of voters who withdrew. */
export type VoteState = Pick<ResultSource, "state" | "withdrawn">;

export async function findVoteState(connection: Connection, studyId: string): Promise<VoteState> {
  const [found] = await connection.$queryRaw<VoteState[]>`
    SELECT concat_ws(' ', v.voters, v.withdrawn, v.undone, v.finished, x.votes, x.latest) AS state, v.withdrawn
    FROM (SELECT count(*) AS voters, count(withdrawn_at)::int AS withdrawn, sum(undone) AS undone, count(finished_at) AS finished
        FROM study_voters WHERE study_id = ${studyId}) v,
      (SELECT count(*) AS votes, max(received_at) AS latest FROM votes WHERE study_id = ${studyId}) x`;
  return found as VoteState;
}

interface NetworkRow {
  readonly index: number;
  readonly modelId: string;
  readonly model: string;
  readonly agrees: boolean;
}

/** Of each counted image. Classes are the same only within a label space. @param own names of the networks that gave the labels. */
async function findOtherNetworks(
  connection: Connection,
  { studyId, images, own }: { readonly studyId: string; readonly images: number; readonly own: Iterable<string> },
): Promise<ImageOfResults["networks"][]> {
  const rows = await connection.$queryRaw<NetworkRow[]>(Prisma.sql`
    SELECT i.index, m.id AS "modelId", m.name AS model, x.top_class = i.label AS agrees
    FROM study_images i JOIN studies s ON s.id = i.study_id JOIN models own ON own.id = i.model_id
      JOIN scores x ON x.image_sha256 = i.image_sha256
      JOIN models m ON m.id = x.model_id AND ${isOtherNetwork}
    WHERE i.study_id = ${studyId} AND i.role = 'COUNTED'
    ORDER BY i.index, m.name, m.id`);
  const found = Array.from({ length: images }, (): { model: string; agrees: boolean }[] => []);
  const names = distinctNames(rows, own);
  for (const { index, modelId, model, agrees } of rows) found[index]?.push({ model: names.get(modelId) ?? model, agrees });
  return found;
}

/** A name of each network, by ID. */
function distinctNames(rows: readonly NetworkRow[], own: Iterable<string>): ReadonlyMap<string, string> {
  const taken = new Set(own);
  const names = new Map<string, string>();
  const models = [...new Map(rows.map(({ modelId, model }) => [modelId, model]))].sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [id, model] of models) {
    let name = model;
    for (let number = 2; taken.has(name); number++) name = `${model} (${number})`;
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

/** Null for a draft, an unknown study, and a study of a deleted workspace. */
export async function findResultSource(connection: Connection, studyId: string): Promise<ResultSource | null> {
  const [study] = await connection.$queryRaw<Omit<ResultSource, "images" | "rescored" | "coded" | keyof VoteState>[]>`
    SELECT s.id AS "studyId", s.plan_text AS "planText", s.plan_hash AS "planHash", s.vote_count AS "voteCount", clock_timestamp() AS "readAt"
    FROM studies s JOIN workspaces w ON w.id = s.workspace_id
    WHERE s.id = ${studyId} AND s.plan_text IS NOT NULL AND w.deleted_at IS NULL`;
  if (study === undefined) return null;
  const state = await findVoteState(connection, studyId);
  const images = await connection.studyImage.findMany({
    where: { studyId, role: "COUNTED" },
    select: { confidence: true, source: true, model: { select: { name: true } }, elite: { select: { generation: true } } },
    orderBy: { index: "asc" },
  });
  // Read before scores and codes, so that a note that is removed later is of what was read.
  const notes = await connection.rescoredStudy.findMany({ where: { studyId }, select: { id: true } });
  const own = images.flatMap(({ model }) => model?.name ?? []);
  const networks = await findOtherNetworks(connection, { studyId, images: images.length, own });
  return {
    ...study,
    ...state,
    rescored: notes.map(({ id }) => id),
    coded: await findRevealedTexts(connection, studyId),
    images: images.map(({ confidence, source, model, elite }, index) => ({
      confidence,
      source,
      model: model?.name ?? null,
      generation: elite?.generation ?? null,
      networks: networks[index] ?? [],
    })),
  };
}

export interface ComputedResult {
  readonly kind: string;
  /** JSON. */
  readonly text: string;
}

export interface ComputedResults {
  readonly results: readonly ComputedResult[];
  /** Votes on its counted images that other pages show. */
  readonly recognition: RecognitionOfImages;
}

/**
 * Stores results, unless results of later votes are stored already, or a voter has withdrawn since the votes were read: the results would
 * contain what that voter left. If votes have changed in a way that their number does not show, the results are stored as outdated.
 * @returns whether they are of the present votes, scores and codes.
 */
export async function storeStudyResults(
  { connection }: Transaction,
  source: Pick<ResultSource, "studyId" | "voteCount" | "readAt" | "state" | "withdrawn" | "rescored">,
  { results, recognition }: ComputedResults,
): Promise<boolean> {
  const { studyId, voteCount, readAt } = source;
  // A withdrawal locks the study before it deletes the results, so it comes before this transaction or deletes what this one stores.
  const [study] = await connection.$queryRaw<{ readonly voteCount: number }[]>`
    SELECT vote_count AS "voteCount" FROM studies WHERE id = ${studyId} FOR NO KEY UPDATE`;
  if (study === undefined) return false;
  const now = await findVoteState(connection, studyId);
  if (now.withdrawn !== source.withdrawn) return false;
  const isCurrent = now.state === source.state;
  const count = !isCurrent && study.voteCount === voteCount ? outdated : voteCount;
  let stored = 0;
  for (const { kind, text } of results)
    stored += await connection.$executeRaw`
      INSERT INTO study_results (study_id, kind, vote_count, result, computed_at)
      VALUES (${studyId}, ${kind}, ${count}, ${text}::jsonb, ${readAt}::timestamptz)
      ON CONFLICT (study_id, kind) DO UPDATE
        SET vote_count = excluded.vote_count, result = excluded.result, computed_at = excluded.computed_at
        WHERE study_results.computed_at <= excluded.computed_at`;
  if (stored > 0) await writeRecognition(connection, studyId, recognition);
  await connection.rescoredStudy.deleteMany({ where: { id: { in: [...source.rescored] } } });
  return isCurrent && (await connection.rescoredStudy.count({ where: { studyId } })) === 0;
}

export interface StudyResultRecord {
  readonly kind: string;
  /** Counted votes when it was computed; -1 if votes have changed since in a way that this number does not show. */
  readonly voteCount: number;
  /** Perception's StudyResult of this kind. */
  readonly result: unknown;
  /** When its votes were read. */
  readonly computedAt: Date;
}

/** The results of a study, by kind; none before the first computation. */
export function findStudyResults(
  connection: Connection,
  { studyId, kinds }: { readonly studyId: string; readonly kinds: readonly string[] },
): Promise<StudyResultRecord[]> {
  return connection.studyResult.findMany({
    where: { studyId, kind: { in: [...kinds] } },
    select: { kind: true, voteCount: true, result: true, computedAt: true },
    orderBy: { kind: "asc" },
  });
}

/** When the votes of the last stored results were read, in the order of the studies; null before the first computation. */
export async function findComputedAt(connection: Connection, studyIds: readonly string[]): Promise<(Date | null)[]> {
  const rows = await connection.studyResult.groupBy({
    by: ["studyId"],
    where: { studyId: { in: [...studyIds] } },
    _max: { computedAt: true },
  });
  const times = new Map(rows.map(({ studyId, _max }) => [studyId, _max.computedAt]));
  return studyIds.map((id) => times.get(id) ?? null);
}

const mostAtOnce = 100;
/** Results of a million votes take half a minute to compute, so a large study pauses after each computation: a second for each 5,000 votes. */
const votesPerSecondOfPause = 5_000;
const longestPauseSeconds = 300;

/**
 * Opened studies that lack a result of one of these kinds, or whose results are not of their present votes and scores; oldest votes first. After a
 * computation, a study of many votes pauses.
 * @param among only these studies; default: all.
 */
export async function findStudiesToCompute(
  { connection }: Transaction,
  kinds: readonly string[],
  among?: readonly string[],
): Promise<readonly string[]> {
  const found = await connection.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM studies s JOIN workspaces w ON w.id = s.workspace_id CROSS JOIN LATERAL (
      SELECT count(*) AS stored, count(*) FILTER (WHERE r.vote_count = s.vote_count) AS current, max(r.computed_at) AS latest
      FROM study_results r WHERE r.study_id = s.id AND r.kind = ANY (${[...kinds]}::text[])) r
    WHERE s.plan_text IS NOT NULL AND w.deleted_at IS NULL
      AND (${among === undefined}::boolean OR s.id = ANY (${[...(among ?? [])]}::text[])) AND (r.stored < ${kinds.length} OR (
      (r.current < r.stored OR EXISTS (SELECT FROM rescored_studies n WHERE n.study_id = s.id)) AND r.latest < now() - least(${longestPauseSeconds}, s.vote_count / ${votesPerSecondOfPause}) * interval '1 second'))
    ORDER BY s.last_vote_at, s.id LIMIT ${mostAtOnce}`;
  return found.map(({ id }) => id);
}
