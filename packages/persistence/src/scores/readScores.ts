/** Reads scores of stored images. */
import { type CountRequest, countRows } from "../database/countRows.ts";
import type { Connection } from "../database/database.ts";
import { groupInOrderOf, inOrderOf } from "../database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../database/keyset.ts";
import { Prisma } from "../generated/client.ts";
import type { Reach, Scope } from "../scope/scope.ts";
import { imageWithin } from "../scope/sharing.ts";

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

const from = Prisma.sql`FROM scores s JOIN models m ON m.id = s.model_id`;

const select = Prisma.sql`
  SELECT s.id, s.image_sha256 AS "imageSha256", s.model_id AS "modelId", s.probabilities, s.top_class AS "topClass",
    coalesce(m.labels[s.top_class + 1], s.top_class::text) AS "topLabel", s.top_confidence AS "topConfidence"
  ${from}`;

function shownIn({ workspaceId }: Scope): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM image_owners o
    WHERE o.sha256 = s.image_sha256 AND (o.workspace_id IS NULL OR o.workspace_id = ${workspaceId}))
    AND (m.workspace_id IS NULL OR m.workspace_id = ${workspaceId})`;
}

function conditionsOf(filter: ScoreListFilter): Prisma.Sql[] {
  const conditions = [shownIn(filter.scope)];
  if (filter.modelId !== undefined) conditions.push(Prisma.sql`s.model_id = ${filter.modelId}`);
  if (filter.minimumConfidence !== undefined)
    conditions.push(Prisma.sql`s.top_confidence >= ${filter.minimumConfidence}::double precision`);
  return conditions;
}

export function listScores(connection: Connection, input: { filter: ScoreListFilter; page: PageRequest }): Promise<Page<ScoreRecord>> {
  return selectPage<RawScore, ScoreRecord>(connection, {
    select,
    conditions: conditionsOf(input.filter),
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
  return countRows(request, from, conditionsOf(filter));
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
