/** The surest results of ascents and attacks for a comparison's grid of images. The caller has checked that the runs may be read. */
import type { Connection } from "../../server/database/database.ts";

/** The runs and the entries that they belong to: arrays of equal length. */
export interface RunsOfGrid {
  readonly runIds: readonly string[];
  readonly entries: readonly number[];
}

export interface GridResult {
  readonly entry: number;
  /** Whose labels the class is an index of. */
  readonly modelId: string;
  readonly class: number;
  readonly id: string;
  readonly confidence: number;
}

/** The surest trajectory of each class among an entry's ascents. */
export function readTrajectoryGrid(connection: Connection, { runIds, entries }: RunsOfGrid): Promise<GridResult[]> {
  return connection.$queryRaw<GridResult[]>`
    SELECT DISTINCT ON (k.entry, t.model_id, t.class) k.entry, t.model_id AS "modelId", t.class, t.id, t.stored_confidence AS confidence
    FROM unnest(${[...runIds]}::text[], ${[...entries]}::int[]) AS k(run_id, entry) JOIN trajectories t ON t.run_id = k.run_id
    ORDER BY k.entry, t.model_id, t.class, t.stored_confidence DESC, t.id`;
}

/** The surest successful perturbation among an entry's attacks, by the class that the network sees in it. */
export function readPerturbationGrid(connection: Connection, { runIds, entries }: RunsOfGrid): Promise<GridResult[]> {
  return connection.$queryRaw<GridResult[]>`
    SELECT DISTINCT ON (k.entry, p.model_id, p.stored_class) k.entry, p.model_id AS "modelId", p.stored_class AS class, p.id,
      p.stored_confidence AS confidence
    FROM unnest(${[...runIds]}::text[], ${[...entries]}::int[]) AS k(run_id, entry) JOIN perturbations p ON p.run_id = k.run_id AND p.success
    ORDER BY k.entry, p.model_id, p.stored_class, p.stored_confidence DESC, p.id`;
}
