/** Starts attacks on images, and reads their results. */
import { getAttack } from "@pareidolia/ascent/registry";
import type { Actor } from "@pareidolia/core/actor";
import { leastChange } from "@pareidolia/core/norm";
import { countAttacks, perturbationLimits } from "@pareidolia/core/runKinds/perturbation";
import type { ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import {
  countPerturbationResults,
  countPerturbations,
  findPerturbations,
  listPerturbationResults,
  listPerturbations,
  type PerturbationRecord,
} from "@pareidolia/persistence/lab/perturbations/readPerturbations";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { getMethod } from "../method/methods.ts";
import type { ModelService } from "../model/model.service.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf, maxCountOfResults } from "../pagination/rowCounter.ts";
import type { PhotoService } from "../photo/photo.service.ts";
import { readSourceCrop } from "../photo/readSourceCrop.ts";
import { policy } from "../policy/policy.ts";
import type { ResultOrder } from "../result/result.input.ts";
import { type ResultSelection, readResultOrder, resultCursor } from "../result/resultSelection.ts";
import { invalid, type PlannedRun, type RunLauncher, type RunOfKind, readMethodParameters } from "../run/runLauncher.ts";
import type { PerturbationFilter, StartPerturbationInput } from "./perturbation.input.ts";

const byIndex: CursorShape = { name: "perturbations.index", values: ["integer"] };
const maxBounds = perturbationLimits.bounds.maximum;
const maxBound = perturbationLimits.bound.maximum;

function tooSmall(what: string): string {
  return `A stored image has whole grey levels, so it cannot change by less than ${leastChange}. Set ${what} of ${leastChange} or more.`;
}

function readBounds(given: readonly number[] | null | undefined): number[] {
  if (given == null) return [];
  if (given.length === 0 || given.length > maxBounds)
    throw invalid("bounds", `The number of bounds must be from 1 to ${maxBounds}. Leave "bounds" out for the attack's own.`);
  if (given.some((bound) => !(bound <= maxBound))) throw invalid("bounds", `A bound must be at most ${maxBound} grey levels.`);
  if (given.some((bound) => bound < leastChange)) throw invalid("bounds", tooSmall("bounds"));
  return [...new Set(given)].sort((a, b) => a - b);
}

/** What the input refers to. */
export interface PerturbationReferences {
  /** Number of the model's classes. */
  readonly classCount: number;
  /** Of the image's file. */
  readonly sourceSha256: string;
}

/** @throws AppError INVALID_INPUT if the network is known to give the source the target's label, so that no attack is needed. */
export async function checkTarget(
  { plan }: RunOfKind & { readonly kind: "perturbation" },
  model: ModelRecord,
  photos: PhotoService,
): Promise<void> {
  const { target, source } = plan;
  if (target === null || source === null || (await photos.findClassOfSource(model.id, source)) !== target) return;
  throw invalid("target", `${model.name} already labels this image ${model.labels[target] ?? target}. Choose another target.`);
}

/** @throws AppError INVALID_INPUT naming the field. */
export function describePerturbation(
  input: Omit<StartPerturbationInput, "experimentId" | "seed">,
  { classCount, sourceSha256 }: PerturbationReferences,
): RunOfKind & { readonly kind: "perturbation" } {
  const method = getMethod("perturbation", input.attack, "attack");
  const parameters = readMethodParameters(input, () => method);
  const bounds = readBounds(input.bounds);
  const attack = getAttack(method.id);
  if (bounds.length > 0 && !attack.isBounded) throw invalid("bounds", `${method.label} minimises the change, so it takes no bounds.`);
  const own = parameters["epsilon"];
  if (bounds.length === 0 && typeof own === "number" && own < leastChange) throw invalid("parameters.epsilon", tooSmall("a bound"));
  const target = input.target ?? null;
  const last = classCount - 1;
  if (target !== null && (target < 0 || target > last))
    throw invalid("target", `There is no class ${target}. This model has classes 0 to ${last}.`);
  const source = { sha256: sourceSha256, crop: readSourceCrop(input.sourceCrop) };
  // An upper limit: an attack that ends early counts as complete.
  const evaluationGoal = attack.iterationsOf(parameters) * countAttacks({ bounds });
  return {
    kind: "perturbation",
    plan: { method: method.id, bounds, target, evaluationGoal, source },
    preset: input.preset,
    parameters,
  };
}

export interface PerturbationServiceOptions {
  readonly database: Database;
  readonly launcher: RunLauncher;
  readonly models: ModelService;
  readonly photos: PhotoService;
  readonly results: ResultSelection;
}

export class PerturbationService {
  readonly #database: Database;
  readonly #launcher: RunLauncher;
  readonly #models: ModelService;
  readonly #photos: PhotoService;
  readonly #results: ResultSelection;

  constructor(options: PerturbationServiceOptions) {
    this.#database = options.database;
    this.#launcher = options.launcher;
    this.#models = options.models;
    this.#photos = options.photos;
    this.#results = options.results;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(PerturbationRecord | null)[]> {
    return policy.only(actor, "perturbation:read", await findPerturbations(this.#database.connection, ids));
  }

  async list(actor: Actor, run: RunRecord, args: ConnectionArguments): Promise<Connection<PerturbationRecord>> {
    const { connection } = this.#database;
    const inScope = { scope: policy.scopeWithin(actor, "perturbation:read", run), runId: run.id };
    const page = await listPerturbations(connection, { ...inScope, page: readPage(args, byIndex) });
    return toConnection(
      page,
      byIndex,
      counterOf(this.#database, (request) => countPerturbations(request, inScope)),
    );
  }

  /** Lists perturbations of all runs. */
  async listResults(
    actor: Actor,
    args: ConnectionArguments,
    filter: PerturbationFilter | null | undefined,
    orderBy: ResultOrder | null | undefined,
  ): Promise<Connection<PerturbationRecord>> {
    const { connection } = this.#database;
    const order = readResultOrder(orderBy);
    const cursor = resultCursor("perturbations", order);
    const page = readPage(args, cursor);
    const conditions = { ...(await this.#results.read(actor, "perturbation:read", filter, order)), success: filter?.success ?? undefined };
    const rows = await listPerturbationResults(connection, { filter: conditions, order, page });
    return toConnection(
      rows,
      cursor,
      counterOf(this.#database, (request) => countPerturbationResults(request, { filter: conditions, order }), maxCountOfResults),
    );
  }

  async start(actor: Actor, input: StartPerturbationInput): Promise<RunRecord> {
    const described = await this.#describe(actor, input);
    return this.#launcher.launch(actor, input, () => described);
  }

  /** What `start` would create. */
  async plan(actor: Actor, input: StartPerturbationInput): Promise<PlannedRun> {
    const described = await this.#describe(actor, input);
    return this.#launcher.plan(actor, input, () => described);
  }

  async #describe(actor: Actor, input: StartPerturbationInput): Promise<RunOfKind> {
    policy.requireInWorkspace(actor, "run:start");
    const model = await this.#models.getByReference(actor, input.modelId, "input.modelId");
    const sourceSha256 = await this.#photos.findSource(actor, input.sourceId, "input.sourceId");
    const described = describePerturbation(input, { classCount: model.labels.length, sourceSha256 });
    await checkTarget(described, model, this.#photos);
    return described;
  }
}
