/** Forks runs, and compares runs with the run that they come from. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { listDifferences } from "@pareidolia/core/runDifferences";
import { methodOf } from "@pareidolia/core/runKinds/registry";
import { searchParameters } from "@pareidolia/evolution/searchParameters";
import { findForksOf } from "@pareidolia/persistence/lab/forks/readForks";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { findEarlierRun } from "@pareidolia/persistence/lab/runs/wholeRun";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { findMethod } from "../method/methods.ts";
import { policy } from "../policy/policy.ts";
import type { RunService } from "../run/run.service.ts";
import type { PlannedRun, RunLauncher } from "../run/runLauncher.ts";
import type { ForkRunInput } from "./fork.input.ts";
import type { SettingDifferenceType } from "./fork.type.ts";
import { planFork } from "./forkPoints.ts";

export interface ForkServiceOptions {
  readonly database: Database;
  readonly runs: RunService;
  readonly launcher: RunLauncher;
}

/** Labels of the settings that are no parameters. */
const labels: Readonly<Record<string, string>> = {
  bounds: "Bounds",
  classes: "Classes",
  dataset: "Data set",
  encoding: "Encoding",
  framing: "Framing",
  generations: "Generations",
  iterations: "Retrained networks",
  kind: "Kind",
  method: "Method",
  model: "Model",
  offspring: "Offspring",
  search: "Random search",
  seed: "Seed",
  source: "Source image",
  starts: "Starts",
  target: "Target",
};

/** Shown after the parameters; the plan and the model come before them. */
const lastSettings: ReadonlySet<string> = new Set(["framing", "seed"]);

function settingsOf(run: RunRecord) {
  return { ...run, model: run.modelName };
}

export class ForkService {
  readonly #options: ForkServiceOptions;

  constructor(options: ForkServiceOptions) {
    this.#options = options;
  }

  async fork(actor: Actor, input: ForkRunInput): Promise<RunRecord> {
    const { run, copy, launched, original } = await this.#prepare(actor, input);
    return this.#options.launcher.launch(
      actor,
      launched,
      () => run,
      async (transaction, { id }) => {
        await copy(transaction, id);
        const after = { forkedFrom: `RUN-${original.number}`, generation: input.generation };
        const subject = { subjectType: "Run", subjectId: id, subjectName: `Fork of RUN-${original.number}` };
        return { action: "run:fork", ...subject, before: null, after };
      },
    );
  }

  /** What `fork` would create. */
  async plan(actor: Actor, input: ForkRunInput): Promise<PlannedRun> {
    const { run, launched } = await this.#prepare(actor, input);
    return this.#options.launcher.plan(actor, launched, () => run);
  }

  async #prepare(actor: Actor, input: ForkRunInput) {
    const { database, runs } = this.#options;
    const original = await runs.getByReference(actor, input.runId, "input.runId");
    policy.require(actor, "run:fork", original);
    const whole = await findEarlierRun(database.connection, original.id);
    if (whole === null) throw new AppError("NOT_FOUND", "There is no such run.", { field: "input.runId" });
    const { run, copy } = await planFork(database.connection, whole, input);
    const { framing } = whole;
    const launched = {
      experimentId: encodeGlobalId("Experiment", whole.experimentId),
      modelId: encodeGlobalId("Model", whole.modelId),
      seed: input.seed ?? whole.seed,
      framing: framing.kind === "whole" ? null : { crops: framing.count, imageSize: framing.imageSize },
      idempotencyKey: input.idempotencyKey ?? null,
      fork: { runId: original.id, generation: input.generation },
    };
    return { original, run, copy, launched };
  }

  /** The forks of each run that the actor may read. */
  async loadForks(actor: Actor, rows: readonly RunRecord[]): Promise<RunRecord[][]> {
    const ids = await findForksOf(
      this.#options.database.connection,
      rows.map(({ id }) => id),
    );
    const loaded = await this.#options.runs.load(actor, ids.flat());
    const byId = new Map(loaded.filter((run) => run !== null).map((run) => [run.id, run]));
    return ids.map((forks) => forks.flatMap((id) => byId.get(id) ?? []));
  }

  /** In which settings the run differs from the one that it comes from, in the order of the form. */
  compare(origin: RunRecord, run: RunRecord): readonly SettingDifferenceType[] {
    const specs = [...(findMethod(run.kind, methodOf(run))?.parameters ?? []), ...searchParameters];
    const placeOf = (name: string): number => {
      const place = specs.findIndex((spec) => spec.name === name);
      return place < 0 && lastSettings.has(name) ? specs.length : place;
    };
    return listDifferences(settingsOf(origin), settingsOf(run))
      .map((difference) => ({
        ...difference,
        label: specs.find(({ name }) => name === difference.name)?.label ?? labels[difference.name] ?? difference.name,
      }))
      .sort((a, b) => placeOf(a.name) - placeOf(b.name));
  }
}
