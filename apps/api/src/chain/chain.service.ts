/** Starts and reads retraining chains. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { maxNameLength } from "@pareidolia/core/maxNameLength";
import { type ChainDataset, chainDatasets } from "@pareidolia/core/retrainingChain";
import { evaluationsOfChain, type PlannedRetraining, retrainingLimits } from "@pareidolia/core/runKinds/retraining";
import { mostEvaluations } from "@pareidolia/core/runKinds/runKind";
import { createChain } from "@pareidolia/persistence/lab/chains/createChain";
import {
  type ChainEliteRecord,
  type ChainLinkRecord,
  type ChainRecord,
  countChains,
  findChainElites,
  findChainLinks,
  findChains,
  findChainsOfRuns,
  listChains,
} from "@pareidolia/persistence/lab/chains/readChains";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { parseIdOf } from "../globalId/globalId.ts";
import { getMethod, methodsOf } from "../method/methods.ts";
import type { ModelService } from "../model/model.service.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import {
  checkWholeNumber,
  invalid,
  type LaunchInput,
  type PlannedRun,
  type RunLauncher,
  type RunOfKind,
  readMethodParameters,
} from "../run/runLauncher.ts";
import { checkLine } from "../text.ts";
import type { StartChainInput } from "./chain.input.ts";

const byCreation: CursorShape = { name: "chains.createdAt", values: ["time", "text"] };

/** @throws AppError INVALID_INPUT naming the field. */
export function describeChain(
  input: Pick<StartChainInput, "dataset" | "iterations" | "preset" | "parameters">,
  classCount: number,
): RunOfKind & PlannedRetraining {
  const dataset = chainDatasets.find((candidate) => candidate.id === input.dataset);
  if (dataset === undefined)
    throw invalid("dataset", `Unknown data set "${input.dataset}". Known: ${chainDatasets.map(({ id }) => id).join(", ")}.`);
  const iterations = checkWholeNumber(input.iterations, "iterations", retrainingLimits.iterations);
  const method = getMethod("retraining", methodsOf("retraining")[0]?.id ?? "", "retraining");
  const parameters = readMethodParameters(input, () => method);
  const offspring = Number(parameters["offspring"]);
  if (offspring % 2 !== 0) throw invalid("parameters.offspring", '"offspring" must be even: each pair of parents has two children.');
  const evaluationGoal = evaluationsOfChain({ parameters, iterations });
  if (evaluationGoal > mostEvaluations)
    throw invalid(
      "parameters.generations",
      `The chain would take more than ${mostEvaluations} evaluations. Reduce "generations", "offspring" or "runs".`,
    );
  if (classCount !== dataset.classes)
    throw invalid("modelId", `${dataset.label} has ${dataset.classes} classes; this model has ${classCount}.`);
  return {
    kind: "retraining",
    plan: { method: method.id, dataset: dataset.id, iterations, evaluationGoal },
    preset: input.preset,
    parameters,
  };
}

/** Shortens a chain's name, which may be longer than a run's. */
function nameOfRun(name: string): string {
  return name.length > maxNameLength ? `${name.slice(0, maxNameLength - 1)}…` : name;
}

function launchOf({ experimentId, modelId, seed, rerunOfId, idempotencyKey }: StartChainInput, name: string | null): LaunchInput {
  return { experimentId, modelId, seed, name, rerunOfId: rerunOfId ?? null, idempotencyKey: idempotencyKey ?? null };
}

export class ChainService {
  readonly #database: Database;
  readonly #launcher: RunLauncher;
  readonly #models: ModelService;

  constructor(options: { database: Database; launcher: RunLauncher; models: ModelService }) {
    this.#database = options.database;
    this.#launcher = options.launcher;
    this.#models = options.models;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(ChainRecord | null)[]> {
    return policy.only(actor, "chain:read", await findChains(this.#database.connection, ids));
  }

  async loadOfRuns(actor: Actor, runIds: readonly string[]): Promise<(ChainRecord | null)[]> {
    return policy.only(actor, "chain:read", await findChainsOfRuns(this.#database.connection, runIds));
  }

  async loadLinks(actor: Actor, chainIds: readonly string[]): Promise<ChainLinkRecord[][]> {
    const visible = await this.load(actor, chainIds);
    const links = await findChainLinks(this.#database.connection, chainIds);
    return links.map((rows, i) => (visible[i] == null ? [] : rows));
  }

  /** `linkIds` must belong to chains that the actor may read. @throws AppError FORBIDDEN. */
  async loadElites(actor: Actor, linkIds: readonly string[]): Promise<ChainEliteRecord[][]> {
    policy.reach(actor, "chain:read");
    return findChainElites(this.#database.connection, linkIds);
  }

  /** @throws AppError INVALID_INPUT or NOT_FOUND, naming `field`. */
  async getByReference(actor: Actor, text: string, field: string): Promise<ChainRecord> {
    const [chain] = await this.load(actor, [parseIdOf("Chain", text, field)]);
    if (chain == null) throw new AppError("NOT_FOUND", "There is no such chain.", { field });
    return chain;
  }

  listDatasets(actor: Actor): readonly ChainDataset[] {
    policy.requireInWorkspace(actor, "chain:read");
    return chainDatasets;
  }

  async list(actor: Actor, args: ConnectionArguments): Promise<Connection<ChainRecord>> {
    const scope = policy.scope(actor, "chain:read");
    const { connection } = this.#database;
    const page = await listChains(connection, { scope, page: readPage(args, byCreation) });
    return toConnection(
      page,
      byCreation,
      counterOf(this.#database, (request) => countChains(request, scope)),
    );
  }

  /** What `start` would create. */
  async plan(actor: Actor, input: StartChainInput): Promise<PlannedRun> {
    const { described } = await this.#describe(actor, input);
    return this.#launcher.plan(actor, launchOf(input, null), () => described);
  }

  async #describe(actor: Actor, input: StartChainInput) {
    policy.requireInWorkspace(actor, "chain:start");
    const name = checkLine(input.name, { field: "input.name", label: "A name", longest: retrainingLimits.name.maximum });
    if (name === "") throw invalid("name", "Give the chain a name.");
    const model = await this.#models.getByReference(actor, input.modelId, "input.modelId");
    return { name, model, described: describeChain(input, model.labels.length) };
  }

  async start(actor: Actor, input: StartChainInput): Promise<ChainRecord> {
    const { name, model, described } = await this.#describe(actor, input);
    policy.requireInWorkspace(actor, "chain:start");
    const { dataset, iterations } = described.plan;
    const run = await this.#launcher.launch(
      actor,
      launchOf(input, nameOfRun(name)),
      () => described,
      async (transaction, { id: runId }) => {
        const subjectId = await createChain(transaction, {
          workspaceId: actor.workspaceId,
          runId,
          name,
          dataset,
          iterations,
          modelId: model.id,
        });
        const after = { name, dataset, iterations, model: model.name };
        return { action: "chain:start", subjectType: "Chain", subjectId, subjectName: name, before: null, after };
      },
    );
    const [chain] = await this.loadOfRuns(actor, [run.id]);
    if (chain == null) throw new AppError("NOT_FOUND", "There is no such chain.");
    return chain;
  }
}
