/** Reads and ranks the configurations of random searches. */
import { rankConfigurations } from "@pareidolia/analysis/rankConfigurations";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import type { Parameters, ParameterValue } from "@pareidolia/core/parameterSpec";
import type { AscentSearch } from "@pareidolia/core/runKinds/ascent";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import {
  type ConfigurationStandingRecord,
  findConfigurationStandings,
  findSearches,
} from "@pareidolia/persistence/lab/trajectories/readConfigurations";
import { findTrajectoriesOfConfigurations, type TrajectoryRecord } from "@pareidolia/persistence/lab/trajectories/readTrajectories";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { policy } from "../policy/policy.ts";

export interface AscentConfiguration {
  readonly run: RunRecord;
  readonly index: number;
  readonly rank: number;
  readonly parameters: Parameters;
  readonly stored: number;
  readonly ended: number;
  readonly foolingCount: number;
  readonly medianFoolingStep: number | null;
  readonly median: number | null;
}

export interface TrajectoriesOfConfiguration {
  readonly configuration: AscentConfiguration;
  /** Maximum number: 1 to 20. */
  readonly first: number;
}

const maxTrajectories = 20;

function configurationsOf(
  run: RunRecord,
  { searched, configurations }: AscentSearch,
  standings: readonly ConfigurationStandingRecord[],
): readonly AscentConfiguration[] {
  const byIndex = new Map(standings.map((standing) => [standing.index, standing]));
  return rankConfigurations(
    configurations.map((parameters, index) => {
      const standing = byIndex.get(index);
      return {
        run,
        index,
        parameters: Object.fromEntries(searched.map((name) => [name, parameters[name] as ParameterValue])),
        stored: standing?.stored ?? 0,
        ended: standing?.ended ?? 0,
        foolingCount: standing?.reached ?? 0,
        medianFoolingStep: standing?.medianStep ?? null,
        median: standing?.median ?? null,
      };
    }),
  );
}

export class ConfigurationService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** All configurations of each run, by index; null for a run without a search. Uses one statement for searches and one for results. */
  async load(actor: Actor, runs: readonly RunRecord[]): Promise<(readonly AscentConfiguration[] | null)[]> {
    for (const run of runs) policy.require(actor, "trajectory:read", run);
    const { connection } = this.#database;
    const searching = runs.flatMap((run) => (run.kind === "ascent" && run.plan.search !== null ? [run.id] : []));
    if (searching.length === 0) return runs.map(() => null);
    const found = await findSearches(connection, searching);
    const searches = new Map(searching.map((id, i) => [id, found[i] ?? null]));
    const standings = await findConfigurationStandings(connection, { runIds: searching, level: foolingConfidence });
    const standingsOf = new Map(searching.map((id, i) => [id, standings[i] ?? []]));
    return runs.map((run) => {
      const search = searches.get(run.id) ?? null;
      return search === null ? null : configurationsOf(run, search, standingsOf.get(run.id) ?? []);
    });
  }

  /** The first trajectories of each configuration, by start and class. Requests with the same `first` share one statement. */
  async loadTrajectories(actor: Actor, requests: readonly TrajectoriesOfConfiguration[]): Promise<readonly TrajectoryRecord[][]> {
    for (const { configuration } of requests) policy.require(actor, "trajectory:read", configuration.run);
    const found = new Map<TrajectoriesOfConfiguration, TrajectoryRecord[]>();
    for (const limit of new Set(requests.map(({ first }) => first))) {
      const together = requests.filter(({ first }) => first === limit);
      const configurations = together.map(({ configuration: { run, index } }) => ({ runId: run.id, index }));
      const rows = await findTrajectoriesOfConfigurations(this.#database.connection, { configurations, limit });
      for (const [i, one] of together.entries()) found.set(one, rows[i] ?? []);
    }
    return requests.map((one) => found.get(one) ?? []);
  }
}

/** @throws AppError INVALID_INPUT. */
export function checkFirst(first: number): number {
  if (first >= 1 && first <= maxTrajectories) return first;
  throw new AppError("INVALID_INPUT", `"first" must be from 1 to ${maxTrajectories}.`, { field: "first" });
}
