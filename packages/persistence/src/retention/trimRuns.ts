/**
 * Removes the replaced elites of evolutions, and the genomes that hold no niche any more. The current archive, its scores and the statistics
 * of all generations stay. Images that no row shows any more are removed by clean-ups.
 */
import type { Connection, Transaction } from "../database/database.ts";
import { Prisma } from "../generated/client.ts";

export interface Trimmed {
  readonly elites: number;
  readonly genomes: number;
  /** Bytes of images, and of genomes that are objects, which no other row names. */
  readonly bytes: number;
}

/** Genomes `g` that hold no niche. */
const isSuperseded = Prisma.sql`NOT EXISTS (SELECT FROM elites c WHERE c.genome_id = g.id AND c.replaced_at IS NULL)`;

/** The rows other than superseded genomes of the runs that show the image `i`. */
const otherImages = [
  "chain_elites.image_sha256",
  "perturbations.image_sha256",
  "perturbations.original_sha256",
  "photos.image_sha256",
  "replaced_pictures.image_sha256",
  "runs.source_sha256",
  "study_images.image_sha256",
  "trajectories.image_sha256",
  "trajectory_milestones.image_sha256",
].map((name) => {
  const [table = "", column = ""] = name.split(".");
  return Prisma.sql`NOT EXISTS (SELECT FROM ${Prisma.raw(table)} t WHERE t.${Prisma.raw(column)} = i.sha256 OFFSET 0)`;
});

/** What trimming these runs would remove. */
export async function measureTrim(connection: Connection, runIds: readonly string[]): Promise<Trimmed> {
  const ids = Prisma.sql`${[...runIds]}::text[]`;
  const [row] = await connection.$queryRaw<Trimmed[]>`
    WITH gone AS MATERIALIZED (SELECT g.id, g.sha256, g.image_sha256, g.byte_length, g.bytes IS NULL AS is_object FROM genomes g
      WHERE g.run_id = ANY (${ids}) AND ${isSuperseded})
    SELECT (SELECT count(*)::int FROM elites WHERE run_id = ANY (${ids}) AND replaced_at IS NOT NULL) AS elites,
      (SELECT count(*)::int FROM gone) AS genomes,
      (SELECT coalesce(sum(i.byte_length), 0)::float8 FROM images i WHERE i.sha256 IN (SELECT image_sha256 FROM gone)
        AND NOT EXISTS (SELECT FROM genomes o WHERE o.image_sha256 = i.sha256 AND o.id NOT IN (SELECT id FROM gone))
        AND ${Prisma.join(otherImages, " AND ")})
      + (SELECT coalesce(sum(own.byte_length), 0)::float8 FROM (SELECT sha256, max(byte_length) AS byte_length FROM gone WHERE is_object GROUP BY sha256) own
        WHERE NOT EXISTS (SELECT FROM genomes o WHERE o.sha256 = own.sha256 AND o.bytes IS NULL AND o.id NOT IN (SELECT id FROM gone))) AS bytes`;
  return row ?? { elites: 0, genomes: 0, bytes: 0 };
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
