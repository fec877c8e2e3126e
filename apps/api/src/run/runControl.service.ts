/** Starts evolutions, and pauses, resumes and cancels runs of every kind. */
import type { Actor } from "@pareidolia/core/actor";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import { getEncoding } from "@pareidolia/encodings/registry";
import { searchParameters } from "@pareidolia/evolution/searchParameters";
import type { Queue } from "@pareidolia/jobs/queue";
import type { Database, Transaction } from "@pareidolia/persistence/database";
import type { RunRecord } from "@pareidolia/persistence/queries/runQueries";
import { type ControlledRun, cancelRun, pauseRun, resumeRun } from "@pareidolia/persistence/runs/runControl";
import type { Action } from "../policy/actions.ts";
import { policy } from "../policy/policy.ts";
import type { StartRunInput } from "./run.input.ts";
import type { RunService } from "./run.service.ts";
import { checkWholeNumber, invalid, type RunLauncher, readMethodParameters } from "./runLauncher.ts";

export interface RunControlServiceOptions {
  readonly database: Database;
  readonly queue: Queue;
  readonly runs: RunService;
  readonly launcher: RunLauncher;
}

const mostGenerations = 100_000;
const mostOffspring = 2_000;
const defaultOffspring = 200;
/** Evaluations are counted in a 32-bit column. */
const mostEvaluations = 2_147_483_647;

function readParameters(input: StartRunInput): Parameters {
  return readMethodParameters(input, () => {
    const { parameters, presets } = getEncoding(input.encoding);
    return { parameters: [...parameters, ...searchParameters], presets };
  });
}

export class RunControlService {
  readonly #options: RunControlServiceOptions;

  constructor(options: RunControlServiceOptions) {
    this.#options = options;
  }

  start(actor: Actor, input: StartRunInput): Promise<RunRecord> {
    policy.requireInWorkspace(actor, "run:start");
    const parameters = readParameters(input);
    const generations = checkWholeNumber(input.generations, "generations", 1, mostGenerations);
    const offspring = checkWholeNumber(input.offspring ?? defaultOffspring, "offspring", 2, mostOffspring);
    if (offspring % 2 !== 0) throw invalid("offspring", '"offspring" must be even, since parents have two children each time.');
    if (offspring * (generations + 1) > mostEvaluations) throw invalid("generations", "These are more than 2147483647 evaluations.");
    return this.#options.launcher.launch(actor, input, () => ({
      kind: "evolution",
      encoding: input.encoding,
      generations,
      offspring,
      method: null,
      evaluationGoal: null,
      preset: input.preset,
      parameters,
      plan: {},
      sourceSha256: null,
    }));
  }

  pause(actor: Actor, runId: string): Promise<RunRecord> {
    return this.#control(actor, "run:pause", runId, pauseRun);
  }

  resume(actor: Actor, runId: string): Promise<RunRecord> {
    return this.#control(actor, "run:resume", runId, async (transaction, { runId: id }) => {
      const run = await resumeRun(transaction, { runId: id });
      if (run.state === "QUEUED") await this.#options.queue.enqueue(transaction.executor, "carryOutRun", { runId: id });
      return run;
    });
  }

  cancel(actor: Actor, runId: string): Promise<RunRecord> {
    return this.#control(actor, "run:cancel", runId, cancelRun);
  }

  async #control(
    actor: Actor,
    action: Action,
    reference: string,
    change: (transaction: Transaction, input: { readonly runId: string }) => Promise<ControlledRun>,
  ): Promise<RunRecord> {
    const { database, runs } = this.#options;
    const run = await runs.getByReference(actor, reference, "input.runId");
    policy.require(actor, action, run);
    await database.transaction((transaction) => change(transaction, { runId: run.id }));
    return runs.get(actor, run.id);
  }
}
