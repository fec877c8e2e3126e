/** Selects evolutions for a query or an analysis: those of an experiment, or a list of runs. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { findEvolutionsOf } from "@pareidolia/persistence/lab/runs/readRuns";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { ExperimentService } from "../experiment/experiment.service.ts";
import { policy } from "../policy/policy.ts";
import type { RunService } from "./run.service.ts";

const maxRuns = 50;

export class RunSelection {
  readonly #options: { readonly database: Database; readonly experiments: ExperimentService; readonly runs: RunService };

  constructor(options: { readonly database: Database; readonly experiments: ExperimentService; readonly runs: RunService }) {
    this.#options = options;
  }

  /** @throws AppError INVALID_INPUT or NOT_FOUND, naming the field with `prefix` in front. */
  async read(
    actor: Actor,
    selection: { readonly experimentId?: string | null | undefined; readonly runIds?: readonly string[] | null | undefined },
    prefix = "",
  ): Promise<readonly string[]> {
    const { database, experiments } = this.#options;
    policy.requireInWorkspace(actor, "run:read");
    if ((selection.experimentId == null) === (selection.runIds == null))
      throw new AppError("INVALID_INPUT", "Give either an experiment or runs.", { field: `${prefix}experimentId` });
    if (selection.experimentId != null) {
      const experiment = await experiments.getByReference(actor, selection.experimentId, `${prefix}experimentId`);
      return findEvolutionsOf(database.connection, { experimentId: experiment.id, limit: maxRuns });
    }
    return this.readRuns(actor, selection.runIds ?? [], `${prefix}runIds`);
  }

  /** @throws AppError INVALID_INPUT or NOT_FOUND, naming the field. */
  async readRuns(actor: Actor, given: readonly string[], field: string): Promise<readonly string[]> {
    const { runs } = this.#options;
    policy.requireInWorkspace(actor, "run:read");
    if (given.length === 0 || given.length > maxRuns) throw new AppError("INVALID_INPUT", `Give 1 to ${maxRuns} runs.`, { field });
    const found = await Promise.all(given.map((id, i) => runs.getByReference(actor, id, `${field}.${i}`)));
    const other = found.findIndex((run) => run.kind !== "evolution");
    if (other >= 0) throw new AppError("INVALID_INPUT", "Only evolutions have elites.", { field: `${field}.${other}` });
    return [...new Set(found.map((run) => run.id))];
  }
}
