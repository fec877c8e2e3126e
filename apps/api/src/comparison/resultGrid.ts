/** The images of ascents and attacks in a comparison's grid, by the label of their class. */

import { type GridResult, readPerturbationGrid, readTrajectoryGrid } from "@pareidolia/persistence/lab/comparisons/readResultGrid";
import type { ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { Connection } from "@pareidolia/persistence/server/database/database";

export class ResultGrid {
  readonly #best = new Map<string, GridResult>();
  readonly #labels = new Set<string>();

  constructor(results: readonly GridResult[], models: ReadonlyMap<string, ModelRecord>) {
    for (const result of results) {
      const label = models.get(result.modelId)?.labels[result.class];
      if (label === undefined) continue;
      this.#labels.add(label);
      const key = `${result.entry} ${label}`;
      const best = this.#best.get(key);
      if (best === undefined || result.confidence > best.confidence) this.#best.set(key, result);
    }
  }

  has(label: string): boolean {
    return this.#labels.has(label);
  }

  /** The ID of each entry's surest result of the label; null for an entry without one. */
  idsOf(label: string, entries: number): (string | null)[] {
    return Array.from({ length: entries }, (_, entry) => this.#best.get(`${entry} ${label}`)?.id ?? null);
  }
}

export interface ResultGrids {
  readonly trajectories: ResultGrid;
  readonly perturbations: ResultGrid;
}

/** Ascents and attacks have no generations, so their results are the same in each. */
export async function readResultGrids(
  connection: Connection,
  entries: readonly { readonly runs: readonly RunRecord[] }[],
  models: ReadonlyMap<string, ModelRecord>,
): Promise<ResultGrids> {
  const gridOf = async (kind: string, read: typeof readTrajectoryGrid): Promise<ResultGrid> => {
    const runs = entries.flatMap((entry, index) => entry.runs.filter((run) => run.kind === kind).map(({ id }) => ({ id, index })));
    const rows =
      runs.length === 0 ? [] : await read(connection, { runIds: runs.map(({ id }) => id), entries: runs.map(({ index }) => index) });
    return new ResultGrid(rows, models);
  };
  const [trajectories, perturbations] = await Promise.all([
    gridOf("ascent", readTrajectoryGrid),
    gridOf("perturbation", readPerturbationGrid),
  ]);
  return { trajectories, perturbations };
}
