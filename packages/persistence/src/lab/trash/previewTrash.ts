/**
 * What deleting runs for good would remove: rows of each kind, and the objects that no other row names. An image that another run, a study, a
 * saved comparison or a photo shows is kept and does not count. Of more than 20,000 images, or genomes that are objects, a sample is checked: hashes are uniform,
 * so the first ones by hash are a random sample.
 */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { imagesOf } from "../images/imagesOfRuns.ts";

export interface TrashContents {
  readonly experiments: number;
  readonly runs: number;
  /** Of these runs. Trashing cancels them. */
  readonly running: number;
  readonly elites: number;
  readonly genomes: number;
  readonly trajectories: number;
  readonly perturbations: number;
  readonly generations: number;
  readonly events: number;
  readonly links: number;
  readonly analyses: number;
}

interface FreedObjects {
  /** Images that no other row shows. */
  readonly images: number;
  /** Images that are kept, because another run, a study, a saved comparison or a photo shows them. */
  readonly keptImages: number;
  /** Bytes of freed images and of genomes that are objects. */
  readonly bytes: number;
  /** Whether the numbers of images and bytes are extrapolated from a sample. */
  readonly isEstimate: boolean;
}

export type TrashPreview = TrashContents & FreedObjects;

/** The rows that show images, with the run of a row `t`; null for rows of no run. A test compares the list with that of the clean-up. */
export const imageRows: readonly (readonly [table: string, column: string, run: string | null])[] = [
  ["chain_elites", "image_sha256", "(SELECT l.run_id FROM chain_links l WHERE l.id = t.link_id)"],
  ["genomes", "image_sha256", "t.run_id"],
  ["imported_images", "image_sha256", "t.run_id"],
  ["perturbations", "image_sha256", "t.run_id"],
  ["perturbations", "original_sha256", "t.run_id"],
  ["photos", "image_sha256", null],
  ["replaced_pictures", "image_sha256", "(SELECT c.run_id FROM trajectories c WHERE c.id = t.trajectory_id)"],
  ["runs", "source_sha256", "t.id"],
  ["saved_comparison_images", "image_sha256", null],
  ["study_images", "image_sha256", null],
  ["trajectories", "image_sha256", "t.run_id"],
  ["trajectory_milestones", "image_sha256", "(SELECT c.run_id FROM trajectories c WHERE c.id = t.trajectory_id)"],
];

/** Whether a row of no other run shows the image `i`. OFFSET 0 makes Postgres look each image up by index. */
function onlyShownBy(runIds: Prisma.Sql): Prisma.Sql {
  return Prisma.join(
    imageRows.map(([table, column, run]) => {
      const isOther = run === null ? Prisma.empty : Prisma.sql` AND NOT ${Prisma.raw(run)} = ANY (${runIds})`;
      return Prisma.sql`NOT EXISTS (SELECT FROM ${Prisma.raw(table)} t WHERE t.${Prisma.raw(column)} = i.sha256${isOther} OFFSET 0)`;
    }),
    " AND ",
  );
}

interface SampleSizes {
  /** Up to this number of images, each is checked. */
  readonly most: number;
  /** Images that are checked of more. */
  readonly sampled: number;
}

const usualSizes: SampleSizes = { most: 20_000, sampled: 4_000 };

async function measureImages(connection: Connection, runIds: readonly string[], { most, sampled }: SampleSizes): Promise<FreedObjects> {
  const ids = Prisma.sql`${[...runIds]}::text[]`;
  const [row] = await connection.$queryRaw<{ total: number; checked: number; freed: number; bytes: number }[]>`
    WITH shown AS MATERIALIZED (${imagesOf(ids)}), total AS (SELECT count(*)::int AS total FROM shown),
      checked AS MATERIALIZED (SELECT sha256 FROM shown ORDER BY sha256 LIMIT (SELECT CASE WHEN total > ${most} THEN ${sampled} ELSE total END FROM total))
    SELECT (SELECT total FROM total) AS total, count(*)::int AS checked, count(*) FILTER (WHERE sole.yes)::int AS freed,
      coalesce(sum(i.byte_length) FILTER (WHERE sole.yes), 0)::float8 AS bytes
    FROM checked JOIN images i ON i.sha256 = checked.sha256 CROSS JOIN LATERAL (SELECT ${onlyShownBy(ids)} AS yes) sole`;
  const { total = 0, checked = 0, freed = 0, bytes = 0 } = row ?? {};
  const factor = checked === 0 ? 0 : total / checked;
  const images = Math.round(freed * factor);
  return { images, keptImages: total - images, bytes: Math.round(bytes * factor), isEstimate: total > checked };
}

/** Bytes of genomes that are objects and that no other run names; of many, a sample is checked as of images. */
async function measureGenomes(
  connection: Connection,
  runIds: readonly string[],
  { most, sampled }: SampleSizes,
): Promise<Pick<FreedObjects, "bytes" | "isEstimate">> {
  const ids = Prisma.sql`${[...runIds]}::text[]`;
  const [row] = await connection.$queryRaw<{ total: number; checked: number; bytes: number }[]>`
    WITH own AS MATERIALIZED (
      SELECT g.sha256, max(g.byte_length) AS byte_length FROM genomes g WHERE g.run_id = ANY (${ids}) AND g.bytes IS NULL GROUP BY g.sha256
    ), total AS (SELECT count(*)::int AS total FROM own),
      checked AS MATERIALIZED (SELECT * FROM own ORDER BY sha256 LIMIT (SELECT CASE WHEN total > ${most} THEN ${sampled} ELSE total END FROM total))
    SELECT (SELECT total FROM total) AS total, count(*)::int AS checked, coalesce(sum(c.byte_length) FILTER (WHERE sole.yes), 0)::float8 AS bytes
    FROM checked c CROSS JOIN LATERAL (SELECT NOT EXISTS (
      SELECT FROM genomes o WHERE o.sha256 = c.sha256 AND o.bytes IS NULL AND NOT o.run_id = ANY (${ids}) OFFSET 0) AS yes) sole`;
  const { total = 0, checked = 0, bytes = 0 } = row ?? {};
  return { bytes: checked === 0 ? 0 : Math.round((bytes * total) / checked), isEstimate: total > checked };
}

async function countRows(connection: Connection, runIds: readonly string[], experiments: number): Promise<TrashContents> {
  const [row] = await connection.$queryRaw<Omit<TrashContents, "experiments" | "runs">[]>`
    WITH run AS (SELECT unnest(${[...runIds]}::text[]) AS id),
      totals AS (SELECT coalesce(sum(t.elites), 0)::int AS elites, coalesce(sum(t.genomes), 0)::int AS genomes,
        coalesce(sum(t.trajectories), 0)::int AS trajectories, coalesce(sum(t.perturbations), 0)::int AS perturbations
        FROM run JOIN run_totals t ON t.run_id = run.id)
    SELECT (SELECT count(*)::int FROM runs WHERE id IN (SELECT id FROM run) AND state = 'RUNNING') AS running, totals.*,
      (SELECT count(*)::int FROM generations WHERE run_id IN (SELECT id FROM run)) AS generations,
      (SELECT count(*)::int FROM run_events WHERE run_id IN (SELECT id FROM run)) AS events,
      (SELECT count(*)::int FROM chain_links WHERE run_id IN (SELECT id FROM run)) AS links,
      (SELECT count(*)::int FROM analyses WHERE run_id IN (SELECT id FROM run)) AS analyses
    FROM totals`;
  if (row === undefined) throw new Error("The counts have no row.");
  return { experiments, runs: runIds.length, ...row };
}

/** The runs themselves, and all runs of the experiments; those that are discarded already are left out. */
async function findRunIds(connection: Connection, { runIds, experimentIds }: Previewed): Promise<string[]> {
  const rows = await connection.run.findMany({
    where: { discardedAt: null, OR: [{ id: { in: [...runIds] } }, { experimentId: { in: [...experimentIds] } }] },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

export interface Previewed {
  readonly runIds: readonly string[];
  readonly experimentIds: readonly string[];
}

/** The rows alone, for runs that are moved to the trash: that frees nothing. */
export async function countTrash(connection: Connection, previewed: Previewed): Promise<TrashContents> {
  return countRows(connection, await findRunIds(connection, previewed), previewed.experimentIds.length);
}

/** @param sizes for tests. */
export async function previewTrash(connection: Connection, previewed: Previewed, sizes = usualSizes): Promise<TrashPreview> {
  const runIds = await findRunIds(connection, previewed);
  const contents = await countRows(connection, runIds, previewed.experimentIds.length);
  const freed = await measureImages(connection, runIds, sizes);
  const genomes = await measureGenomes(connection, runIds, sizes);
  return { ...contents, ...freed, bytes: freed.bytes + genomes.bytes, isEstimate: freed.isEstimate || genomes.isEstimate };
}
