/** Reads genomes with their images. */
import type { Parameters } from "@pareidolia/core/parameterSpec";
import { Prisma } from "../../generated/client.ts";
import type { CountRequest } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Ordering, type Page, type PageRequest, selectPageOf, whereAll } from "../../server/database/keyset.ts";
import { isOfLiveRun, liveRuns } from "../../server/scope/live.ts";
import type { ExperimentScope, Scope } from "../../server/scope/scope.ts";
import { runsWithin, type SharedRow, sharingOfRun } from "../../server/scope/sharing.ts";
import type { ImageRecord } from "../images/readImages.ts";
import { sumTotals } from "../runs/sumTotals.ts";

export interface GenomeRecord extends SharedRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdById: string;
  readonly runId: string;
  readonly encoding: string;
  readonly generation: number;
  readonly index: number;
  readonly sha256: string;
  readonly byteLength: number;
  readonly firstParentId: string | null;
  readonly secondParentId: string | null;
  readonly createdAt: Date;
  readonly image: ImageRecord;
}

export interface GenomeListFilter {
  readonly scope: Scope | ExperimentScope;
  readonly runId?: string | undefined;
}

interface RawGenome extends Omit<GenomeRecord, "image"> {
  readonly imageSha256: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly imageByteLength: number;
  readonly imageCreatedAt: Date;
}

function toGenome({ imageSha256, width, height, channels, imageByteLength, imageCreatedAt, ...genome }: RawGenome): GenomeRecord {
  return {
    ...genome,
    image: { sha256: imageSha256, width, height, channels, byteLength: imageByteLength, createdAt: imageCreatedAt },
  };
}

/** OFFSET 0 makes Postgres look images up by index instead of reading all of them. */
const joins = Prisma.sql`JOIN ${liveRuns} r ON r.id = g.run_id
  CROSS JOIN LATERAL (SELECT * FROM images i WHERE i.sha256 = g.image_sha256 OFFSET 0) AS i`;

const columns = Prisma.sql`
  SELECT g.id, r.workspace_id AS "workspaceId", r.created_by_id AS "createdById", ${sharingOfRun}, g.run_id AS "runId", r.method AS encoding, g.generation, g.index, g.sha256,
    g.byte_length AS "byteLength", g.first_parent_id AS "firstParentId", g.second_parent_id AS "secondParentId",
    g.created_at AS "createdAt", i.sha256 AS "imageSha256", i.width, i.height, i.channels, i.byte_length AS "imageByteLength",
    i.created_at AS "imageCreatedAt"`;
const select = Prisma.sql`${columns} FROM genomes g ${joins}`;

function conditionsOf(filter: GenomeListFilter): Prisma.Sql[] {
  const { scope, runId } = filter;
  if (runId !== undefined)
    return [Prisma.sql`g.run_id = ${runId}`, Prisma.sql`EXISTS (SELECT FROM ${liveRuns} r WHERE r.id = ${runId} AND ${runsWithin(scope)})`];
  if ("workspaceId" in scope) return [Prisma.sql`g.workspace_id = ${scope.workspaceId}`, isOfLiveRun(Prisma.sql`g.run_id`)];
  return [Prisma.sql`g.run_id IN (SELECT r.id FROM ${liveRuns} r WHERE ${runsWithin(scope)})`];
}

/** By generation and index within a run; otherwise newest first. */
function orderingOf(filter: GenomeListFilter): Ordering {
  if (filter.runId !== undefined)
    return {
      columns: [
        { sql: Prisma.sql`g.generation`, type: "integer" },
        { sql: Prisma.sql`g.index`, type: "integer" },
      ],
      direction: "ASC",
    };
  return {
    columns: [
      { sql: Prisma.sql`g.created_at`, type: "timestamptz" },
      { sql: Prisma.sql`g.id`, type: "text" },
    ],
    direction: "DESC",
  };
}

export function listGenomes(connection: Connection, input: { filter: GenomeListFilter; page: PageRequest }): Promise<Page<GenomeRecord>> {
  const conditions = conditionsOf(input.filter);
  return selectPageOf<RawGenome, GenomeRecord>(connection, {
    statement: (part) => Prisma.sql`${columns} FROM (
      SELECT * FROM genomes g ${whereAll([...conditions, ...part.conditions])} ${part.order}) AS g ${joins} ${part.order}`,
    ordering: orderingOf(input.filter),
    page: input.page,
    toRow: toGenome,
    positionOf: (row) => (input.filter.runId === undefined ? [row.createdAt.toISOString(), row.id] : [row.generation, row.index]),
  });
}

export function countGenomes(request: CountRequest, filter: GenomeListFilter): Promise<number> {
  return sumTotals(request, "genomes", filter);
}

export async function findGenomes(connection: Connection, ids: readonly string[]): Promise<(GenomeRecord | null)[]> {
  const rows = await connection.$queryRaw<RawGenome[]>(Prisma.sql`${select} WHERE g.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows.map(toGenome), (row) => row.id);
}

/** The canonical bytes of each genome; null if they are too large for the row and are in the object store. */
export async function findInlineGenomeBytes(connection: Connection, ids: readonly string[]): Promise<(Uint8Array | null)[]> {
  const rows = await connection.genome.findMany({ where: { id: { in: [...ids] } }, select: { id: true, bytes: true } });
  return inOrderOf(ids, rows, (row) => row.id).map((row) => row?.bytes ?? null);
}

/** A genome with everything needed to draw its image again. */
export interface DrawnFrom {
  readonly encoding: string;
  readonly parameters: Parameters;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly genomeSha256: string;
  /** Null if the genome is an object. */
  readonly genome: Uint8Array | null;
}

/** Genomes that draw this image, at most one per run. */
export async function findGenomesOfImage(connection: Connection, sha256: string): Promise<readonly DrawnFrom[]> {
  return connection.$queryRaw<DrawnFrom[]>`
    SELECT DISTINCT ON (r.id) r.method AS encoding, r.parameters, i.width, i.height, i.channels, g.sha256 AS "genomeSha256", g.bytes AS genome
    FROM genomes g JOIN ${liveRuns} r ON r.id = g.run_id JOIN images i ON i.sha256 = g.image_sha256
    WHERE g.image_sha256 = ${sha256} AND r.kind = 'evolution' ORDER BY r.id, g.generation, g.index LIMIT 10`;
}
