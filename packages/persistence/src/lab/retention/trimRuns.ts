/**
 * Removes the replaced elites of evolutions, and the genomes that hold no niche any more. The current archive, its scores and the statistics
 * of all generations stay. Images that no row shows any more are removed by clean-ups.
 */

import { Prisma } from "../../generated/client.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { imageReferences } from "../cleanUps/images.ts";

export interface Trimmed {
  readonly elites: number;
  readonly genomes: number;
  /** Bytes of images, and of genomes that are objects, which no other row names. */
  readonly bytes: number;
  /** Whether the bytes are extrapolated from a sample. */
  readonly isEstimate: boolean;
}

/** Of more than `most` images, or genomes that are objects, the first ones by hash are checked: hashes are uniform, so they are a random sample. */
const most = 20_000;
const sampled = 4_000;

/** Genomes `g` that hold no niche. */
const isSuperseded = Prisma.sql`NOT EXISTS (SELECT FROM elites c WHERE c.genome_id = g.id AND c.replaced_at IS NULL)`;

/** The rows other than superseded genomes of the runs that show the image `i`. */
const otherImages = imageReferences
  .filter(([table]) => table !== "genomes")
  .map(([table, column]) => Prisma.sql`NOT EXISTS (SELECT FROM ${Prisma.raw(table)} t WHERE t.${Prisma.raw(column)} = i.sha256 OFFSET 0)`);

interface Measured {
  readonly total: number;
  readonly checked: number;
  /** Of those that were checked. */
  readonly bytes: number;
}

const nothing: Measured = { total: 0, checked: 0, bytes: 0 };

const extrapolate = ({ total, checked, bytes }: Measured): number => (checked === 0 ? 0 : Math.round((bytes * total) / checked));

/** What trimming these runs would remove. */
export async function measureTrim(connection: Connection, runIds: readonly string[]): Promise<Trimmed> {
  const ids = Prisma.sql`${[...runIds]}::text[]`;
  const gone = Prisma.sql`SELECT g.sha256, g.image_sha256, g.byte_length, g.bytes IS NULL AS is_object FROM genomes g
    WHERE g.run_id = ANY (${ids}) AND ${isSuperseded}`;
  // A genome keeps the objects that it names, unless it is removed, too.
  const isKept = Prisma.sql`(NOT g.run_id = ANY (${ids}) OR NOT ${isSuperseded})`;
  const images = Prisma.sql`NOT EXISTS (SELECT FROM genomes g WHERE g.image_sha256 = i.sha256 AND ${isKept} OFFSET 0) AND ${Prisma.join(otherImages, " AND ")}`;
  const objects = Prisma.sql`NOT EXISTS (SELECT FROM genomes g WHERE g.sha256 = i.sha256 AND g.bytes IS NULL AND ${isKept} OFFSET 0)`;
  /** Checks the rows of `all`, or a sample of them. */
  const measured = (all: Prisma.Sql, isFreed: Prisma.Sql) => Prisma.sql`(SELECT jsonb_build_object('total', (SELECT count(*) FROM ${all}),
    'checked', count(*), 'bytes', coalesce(sum(i.byte_length) FILTER (WHERE freed.yes), 0))
    FROM (SELECT sha256, byte_length FROM ${all} ORDER BY sha256
      LIMIT (SELECT CASE WHEN count(*) > ${most}::int THEN ${sampled}::int ELSE ${most}::int END FROM ${all})) i
    CROSS JOIN LATERAL (SELECT ${isFreed} AS yes OFFSET 0) freed)`;
  const [row] = await connection.$queryRaw<{ elites: number; genomes: number; images: Measured; objects: Measured }[]>`
    WITH gone AS MATERIALIZED (${gone}),
      images_of AS MATERIALIZED (SELECT i.sha256, i.byte_length FROM images i WHERE i.sha256 IN (SELECT image_sha256 FROM gone)),
      objects_of AS MATERIALIZED (SELECT sha256, max(byte_length) AS byte_length FROM gone WHERE is_object GROUP BY sha256)
    SELECT (SELECT count(*)::int FROM elites WHERE run_id = ANY (${ids}) AND replaced_at IS NOT NULL) AS elites,
      (SELECT count(*)::int FROM gone) AS genomes, ${measured(Prisma.sql`images_of`, images)} AS images,
      ${measured(Prisma.sql`objects_of`, objects)} AS objects`;
  const { elites = 0, genomes = 0, images: ofImages = nothing, objects: ofObjects = nothing } = row ?? {};
  return {
    elites,
    genomes,
    bytes: extrapolate(ofImages) + extrapolate(ofObjects),
    isEstimate: ofImages.total > ofImages.checked || ofObjects.total > ofObjects.checked,
  };
}

const rowsAtOnce = 10_000;

async function repeat(deleteSome: () => Promise<number>): Promise<number> {
  let deleted = 0;
  for (let count = rowsAtOnce; count === rowsAtOnce; deleted += count) count = await deleteSome();
  return deleted;
}

/** Marks the run as trimmed, and deletes in short statements. */
export async function trimRun(
  { connection }: Pick<Transaction, "connection">,
  runId: string,
): Promise<{ elites: number; genomes: number }> {
  await connection.$executeRaw`UPDATE runs SET trimmed_at = now() WHERE id = ${runId}`;
  const elites = await repeat(
    () => connection.$executeRaw`
      DELETE FROM elites WHERE id IN (SELECT id FROM elites WHERE run_id = ${runId} AND replaced_at IS NOT NULL LIMIT ${rowsAtOnce})`,
  );
  const genomes = await repeat(
    () => connection.$executeRaw`
      DELETE FROM genomes WHERE id IN (
        SELECT g.id FROM genomes g WHERE g.run_id = ${runId} AND ${isSuperseded} ORDER BY g.generation DESC LIMIT ${rowsAtOnce})`,
  );
  return { elites, genomes };
}
