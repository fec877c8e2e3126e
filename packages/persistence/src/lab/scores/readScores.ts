/** Reads scores of stored images. */

import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { groupInOrderOf, inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PagePart, type PageRequest, selectPageOf, whereAll } from "../../server/database/keyset.ts";
import type { Reach, Scope } from "../../server/scope/scope.ts";
import { imageWithin } from "../../server/scope/sharing.ts";
import { ownersOf } from "../images/readImages.ts";

export interface ScoreRecord {
  readonly id: string;
  readonly imageSha256: string;
  readonly modelId: string;
  /** One per class, in the order of the model's labels. */
  readonly probabilities: Float32Array;
  readonly topClass: number;
  readonly topLabel: string;
  readonly topConfidence: number;
}

export interface ScoreListFilter {
  readonly scope: Scope;
  readonly modelId?: string | undefined;
  readonly minimumConfidence?: number | undefined;
}

interface RawScore extends Omit<ScoreRecord, "probabilities"> {
  readonly probabilities: Uint8Array;
}

function toScore(raw: RawScore): ScoreRecord {
  const { buffer, byteOffset, byteLength } = raw.probabilities;
  const view = new DataView(buffer, byteOffset, byteLength);
  const probabilities = Float32Array.from({ length: byteLength / 4 }, (_, i) => view.getFloat32(i * 4, true));
  return { ...raw, probabilities };
}

const columns = Prisma.sql`
  SELECT s.id, s.image_sha256 AS "imageSha256", s.model_id AS "modelId", s.probabilities, s.top_class AS "topClass",
    coalesce(m.labels[s.top_class + 1], s.top_class::text) AS "topLabel", s.top_confidence AS "topConfidence"`;
const select = Prisma.sql`${columns} FROM scores s JOIN models m ON m.id = s.model_id`;

/**
 * Conditions for a row `s` of scores. An owner that has lost the image remains in the row. OFFSET 0 makes Postgres look rows up by index
 * instead of reading all of them.
 */
function isListed({ scope: { workspaceId }, modelId, minimumConfidence }: ScoreListFilter): Prisma.Sql[] {
  const conditions = [
    Prisma.sql`EXISTS (SELECT FROM workspace_images w WHERE w.sha256 = s.image_sha256 AND w.owner = s.owner OFFSET 0)`,
    Prisma.sql`EXISTS (SELECT FROM models m WHERE m.id = s.model_id AND (m.workspace_id IS NULL OR m.workspace_id = ${workspaceId}) OFFSET 0)`,
  ];
  if (modelId !== undefined) conditions.push(Prisma.sql`s.model_id = ${modelId}`);
  if (minimumConfidence !== undefined) conditions.push(Prisma.sql`s.top_confidence >= ${minimumConfidence}::double precision`);
  return conditions;
}

/** The ids of scores of images that an owner in the scope shares with the score's own, each from one owner. */
function selectShared(filter: ScoreListFilter, { conditions, order }: PagePart): Prisma.Sql {
  const owners = ownersOf(filter.scope);
  const others = [
    Prisma.sql`s.owner = wanted.owner`,
    Prisma.sql`EXISTS (SELECT FROM scores s ${whereAll([Prisma.sql`s.id = shared.id`, Prisma.sql`s.owner <> ALL (${owners})`, ...isListed(filter)])} OFFSET 0)`,
    Prisma.sql`NOT (s.owner = '' AND EXISTS (SELECT FROM shared_scores x WHERE x.score_id = s.id AND x.owner = ${filter.scope.workspaceId} OFFSET 0))`,
  ];
  return Prisma.sql`SELECT s.id, s.top_confidence FROM unnest(${owners}::text[]) AS wanted(owner) CROSS JOIN LATERAL (
    SELECT s.id, s.top_confidence FROM (SELECT score_id AS id, owner, top_confidence FROM shared_scores) AS s
      CROSS JOIN LATERAL (SELECT s.id) AS shared ${whereAll([...others, ...conditions])} ${order}) AS s`;
}

/** The ids of scores whose owner is in the scope, one owner after the other, and of shared ones. */
function selectListed(filter: ScoreListFilter, part: PagePart): Prisma.Sql {
  const where = whereAll([Prisma.sql`s.owner = wanted.owner`, ...isListed(filter), ...part.conditions]);
  return Prisma.sql`
    SELECT s.id, s.top_confidence FROM unnest(${ownersOf(filter.scope)}::text[]) AS wanted(owner) CROSS JOIN LATERAL (
      SELECT s.id, s.top_confidence FROM scores s ${where} ${part.order}) AS s
    UNION ALL ${selectShared(filter, part)}`;
}

export function listScores(connection: Connection, input: { filter: ScoreListFilter; page: PageRequest }): Promise<Page<ScoreRecord>> {
  return selectPageOf<RawScore, ScoreRecord>(connection, {
    statement: (part) =>
      Prisma.sql`${columns} FROM (SELECT s.id FROM (${selectListed(input.filter, part)}) AS s ${part.order}) AS found
        JOIN scores s ON s.id = found.id JOIN models m ON m.id = s.model_id ${part.order}`,
    ordering: {
      columns: [
        { sql: Prisma.sql`s.top_confidence`, type: "double precision" },
        { sql: Prisma.sql`s.id`, type: "text" },
      ],
      direction: "DESC",
    },
    page: input.page,
    toRow: toScore,
    positionOf: (row) => [row.topConfidence, row.id],
  });
}

export function countScores(request: CountRequest, filter: ScoreListFilter): Promise<number> {
  const order = request.most === null ? Prisma.empty : Prisma.sql`LIMIT ${request.most + 1}`;
  return countRows(request, Prisma.sql`FROM (${selectListed(filter, { conditions: [], order })}) AS s`, []);
}

/** By models of the actor's workspace and of the product: a shared experiment shows its images, but not its workspace's other models. */
function within(reach: Reach): Prisma.Sql {
  return Prisma.sql`${imageWithin(reach, Prisma.sql`s.image_sha256`)} AND (m.workspace_id IS NULL OR m.workspace_id = ${reach.workspaceId})`;
}

/** Scores of images and models beyond the reach count as absent. */
export async function findScores(connection: Connection, input: { reach: Reach; ids: readonly string[] }): Promise<(ScoreRecord | null)[]> {
  const rows = await connection.$queryRaw<RawScore[]>(
    Prisma.sql`${select} WHERE s.id = ANY (${[...input.ids]}) AND ${within(input.reach)}`,
  );
  return inOrderOf(input.ids, rows.map(toScore), (row) => row.id);
}

/** Each image's scores by the models that the actor may read, oldest first. */
export async function findScoresOfImages(
  connection: Connection,
  input: { reach: Reach; hashes: readonly string[] },
): Promise<ScoreRecord[][]> {
  const rows = await connection.$queryRaw<RawScore[]>(
    Prisma.sql`${select} WHERE s.image_sha256 = ANY (${[...input.hashes]}) AND ${within(input.reach)} ORDER BY s.created_at, s.id`,
  );
  return groupInOrderOf(input.hashes, rows.map(toScore), (row) => row.imageSha256);
}

/** One model's score of each image, or null. The caller must already have access to the images. */
export async function findScoresByModel(
  connection: Connection,
  input: { modelId: string; hashes: readonly string[] },
): Promise<(ScoreRecord | null)[]> {
  const rows = await connection.$queryRaw<RawScore[]>(
    Prisma.sql`${select} WHERE s.image_sha256 = ANY (${[...input.hashes]}) AND s.model_id = ${input.modelId}`,
  );
  return inOrderOf(input.hashes, rows.map(toScore), (row) => row.imageSha256);
}
