/** Reads what a comparison of evolutions needs of many runs at once. The caller has checked that the runs may be read. */
import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import type { Connection } from "../../server/database/database.ts";

export interface MedianRow {
  readonly runId: string;
  readonly generation: number;
  readonly median: number;
}

/** The median confidences of the runs' stored images in these generations; a run that has not stored a generation has no row for it. */
export function readMedians(
  connection: Connection,
  { runIds, generations }: { readonly runIds: readonly string[]; readonly generations: readonly number[] },
): Promise<MedianRow[]> {
  return connection.$queryRaw<MedianRow[]>`
    SELECT run_id AS "runId", generation, median FROM generations
    WHERE run_id = ANY (${[...runIds]}) AND generation = ANY (${[...generations]}::int[]) AND median IS NOT NULL`;
}

export interface ReachedRow {
  readonly runId: string;
  readonly generation: number;
}

/** The first generation in which the median of each run's stored images is at least `confidence`; runs whose median never is have no row. */
export function readFirstReached(
  connection: Connection,
  { runIds, confidence }: { readonly runIds: readonly string[]; readonly confidence: number },
): Promise<ReachedRow[]> {
  return connection.$queryRaw<ReachedRow[]>`
    SELECT run_id AS "runId", min(generation) AS generation FROM generations
    WHERE run_id = ANY (${[...runIds]}) AND median >= ${confidence}::double precision GROUP BY run_id`;
}

/** A generation of each run: arrays of equal length. */
export interface RunsAt {
  readonly runIds: readonly string[];
  readonly generations: readonly number[];
}

/** The entries of the comparison that the runs belong to. */
export interface RunsOfEntries extends RunsAt {
  readonly entries: readonly number[];
}

/** The median confidence of each run's stored images in its generation. */
export function readMediansAt(connection: Connection, { runIds, generations }: RunsAt): Promise<MedianRow[]> {
  return connection.$queryRaw<MedianRow[]>`
    SELECT g.run_id AS "runId", g.generation, g.median
    FROM unnest(${[...runIds]}::text[], ${[...generations]}::int[]) AS k(run_id, generation)
    JOIN generations g ON g.run_id = k.run_id AND g.generation = k.generation AND g.median IS NOT NULL`;
}

/** How many niches of each run fool the network after its generation. Runs without any have no row; one in several entries counts once. */
export function readFooling(
  connection: Connection,
  { runIds, generations }: RunsAt,
): Promise<{ readonly runId: string; readonly fooling: number }[]> {
  return connection.$queryRaw<{ runId: string; fooling: number }[]>`
    SELECT e.run_id AS "runId", count(*)::int AS fooling
    FROM (SELECT DISTINCT * FROM unnest(${[...runIds]}::text[], ${[...generations]}::int[])) AS k(run_id, generation)
    JOIN elites e ON e.run_id = k.run_id AND e.generation <= k.generation AND (e.replaced_at IS NULL OR e.replaced_at > k.generation)
    WHERE e.stored_fitness >= ${foolingConfidence}::double precision GROUP BY e.run_id`;
}

export interface QuartileRow {
  readonly entry: number;
  readonly lower: number;
  readonly upper: number;
}

/** The quartiles of the stored confidences of all elites of an entry's runs after their generations. Empty niches are left out. */
export function readQuartiles(connection: Connection, { runIds, generations, entries }: RunsOfEntries): Promise<QuartileRow[]> {
  return connection.$queryRaw<QuartileRow[]>`
    SELECT k.entry, percentile_cont(0.25) WITHIN GROUP (ORDER BY e.stored_fitness) AS lower,
      percentile_cont(0.75) WITHIN GROUP (ORDER BY e.stored_fitness) AS upper
    FROM unnest(${[...runIds]}::text[], ${[...generations]}::int[], ${[...entries]}::int[]) AS k(run_id, generation, entry)
    JOIN elites e ON e.run_id = k.run_id AND e.generation <= k.generation AND (e.replaced_at IS NULL OR e.replaced_at > k.generation)
    GROUP BY k.entry`;
}

/** Cells of the grid of images: arrays of equal length. */
export interface GridCells extends RunsOfEntries {
  /** The row of the grid. */
  readonly rows: readonly number[];
  /** The class of the row, in the labels of the run's model. */
  readonly niches: readonly number[];
}

export interface GridRow {
  readonly entry: number;
  readonly row: number;
  readonly eliteId: string;
}

/** The elite of greatest confidence among an entry's runs, for each row, after their generations. */
export function readGrid(connection: Connection, cells: GridCells): Promise<GridRow[]> {
  const { runIds, generations, entries, rows, niches } = cells;
  return connection.$queryRaw<GridRow[]>`
    SELECT DISTINCT ON (k.entry, k.row) k.entry, k.row, e.id AS "eliteId"
    FROM unnest(${[...runIds]}::text[], ${[...generations]}::int[], ${[...entries]}::int[], ${[...rows]}::int[], ${[...niches]}::int[])
      AS k(run_id, generation, entry, row, niche)
    JOIN elites e ON e.run_id = k.run_id AND e.niche = k.niche AND e.generation <= k.generation
      AND (e.replaced_at IS NULL OR e.replaced_at > k.generation)
    ORDER BY k.entry, k.row, e.stored_fitness DESC, e.id`;
}
