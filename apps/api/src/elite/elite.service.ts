/** Reads elites: the gallery, a run's archive now or after a past generation, and an elite's ancestry. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import {
  countElites,
  type EliteRecord,
  findArchiveAt,
  findArchives,
  findElites,
  listElites,
} from "@pareidolia/persistence/lab/elites/readElites";
import { type AncestorRecord, findAncestries } from "@pareidolia/persistence/lab/genomes/ancestry";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { ExperimentService } from "../experiment/experiment.service.ts";
import { parseIdOf } from "../globalId/globalId.ts";
import type { ModelService } from "../model/model.service.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf, maxCountOfResults } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { peopleCursorValues, readPeopleFilter } from "../recognition/peopleFilter.ts";
import type { RunService } from "../run/run.service.ts";
import { readName, readNames } from "../text.ts";
import type { EliteFilter, EliteOrder } from "./elite.input.ts";

export interface EliteServiceOptions {
  readonly database: Database;
  readonly experiments: ExperimentService;
  readonly models: ModelService;
  readonly runs: RunService;
}

const maxAncestry = 1000;

export interface AncestryOf {
  readonly elite: EliteRecord;
  readonly limit: number;
}

/** @throws AppError INVALID_INPUT. */
export function checkAncestryLimit(limit: number): number {
  if (limit >= 1 && limit <= maxAncestry) return limit;
  throw new AppError("INVALID_INPUT", `"limit" must be from 1 to ${maxAncestry}.`, { field: "limit" });
}

function checkConfidence(value: number | null | undefined, field: string): number | undefined {
  if (value == null) return undefined;
  if (!(value >= 0 && value <= 1)) throw new AppError("INVALID_INPUT", "A confidence must be from 0 to 1.", { field });
  return value;
}

const cursorValues: Readonly<Record<EliteOrder["field"], CursorShape["values"]>> = {
  storedFitness: ["number", "text"],
  createdAt: ["time", "text"],
  ...peopleCursorValues,
};

export class EliteService {
  readonly #options: EliteServiceOptions;

  constructor(options: EliteServiceOptions) {
    this.#options = options;
  }

  get #connection() {
    return this.#options.database.connection;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(EliteRecord | null)[]> {
    return policy.only(actor, "elite:read", await findElites(this.#connection, ids));
  }

  async loadArchives(actor: Actor, runIds: readonly string[]): Promise<EliteRecord[][]> {
    const archives = await findArchives(this.#connection, runIds);
    return archives.map((archive) => archive.filter((elite) => policy.allows(actor, "elite:read", elite)));
  }

  /** The `best` elites by stored fitness; the whole archive, unsorted, if `best` is null. */
  chooseBest(actor: Actor, archive: readonly EliteRecord[], best: number | null | undefined): EliteRecord[] {
    for (const elite of archive) policy.require(actor, "elite:read", elite);
    if (best == null) return [...archive];
    if (best < 1) throw new AppError("INVALID_INPUT", '"best" must be at least 1.', { field: "best" });
    return archive.toSorted((a, b) => b.storedFitness - a.storedFitness || a.niche - b.niche).slice(0, best);
  }

  async readArchiveAt(actor: Actor, run: RunRecord, generation: number): Promise<EliteRecord[]> {
    policy.require(actor, "elite:read", run);
    if (run.kind !== "evolution")
      throw new AppError("INVALID_INPUT", "Only evolutions have generations. Leave the generation out for other runs.", {
        field: "generation",
      });
    if (generation < 0 || generation > run.plan.generations)
      throw new AppError("INVALID_INPUT", `The generation must be from 0 to ${run.plan.generations} for this run.`, {
        field: "generation",
      });
    return findArchiveAt(this.#connection, { runId: run.id, generation });
  }

  /** The lines of descent, in the order of the requests. */
  loadAncestries(actor: Actor, requests: readonly AncestryOf[]): Promise<AncestorRecord[][]> {
    for (const { elite } of requests) policy.require(actor, "elite:read", elite);
    return findAncestries(
      this.#connection,
      requests.map(({ elite, limit }) => ({ eliteId: elite.id, limit, acrossRuns: policy.isOwn(actor, elite) })),
    );
  }

  async list(
    actor: Actor,
    args: ConnectionArguments,
    filter: EliteFilter | null | undefined,
    orderBy: EliteOrder | null | undefined,
  ): Promise<Connection<EliteRecord>> {
    const { experiments, models, runs } = this.#options;
    const run = filter?.runId == null ? undefined : await runs.getReadable(actor, filter.runId, "filter.runId");
    const experiment =
      filter?.experimentId == null ? undefined : await experiments.getReadable(actor, filter.experimentId, "filter.experimentId");
    const within = run ?? experiment;
    const scope = within === undefined ? policy.scope(actor, "elite:read") : policy.scopeWithin(actor, "elite:read", within);
    const order = orderBy ?? ({ field: "storedFitness", direction: "DESC" } as const);
    const shape: CursorShape = { name: `elites.${order.field}.${order.direction}`, values: cursorValues[order.field] };
    const page = readPage(args, shape);
    const conditions = {
      scope,
      runId: run?.id,
      experimentId: experiment?.id,
      modelId: filter?.modelId == null ? undefined : (await models.getByReference(actor, filter.modelId, "filter.modelId")).id,
      ids: readIds(filter?.eliteIds),
      encodings: readNames(filter?.encoding, "filter.encoding"),
      niches: filter?.niche ?? undefined,
      labels: readNames(filter?.label, "filter.label"),
      labelContains: readName(filter?.labelContains, "filter.labelContains"),
      labelSpace: readName(filter?.labelSpace, "filter.labelSpace"),
      minimumConfidence: checkConfidence(filter?.minimumConfidence, "filter.minimumConfidence"),
      maximumConfidence: checkConfidence(filter?.maximumConfidence, "filter.maximumConfidence"),
      current: filter?.current ?? true,
      ...(await readPeopleFilter(this.#connection, actor, { scope, people: filter?.people, order: order.field })),
    };
    const rows = await listElites(this.#connection, { filter: conditions, order, page });
    return toConnection(
      rows,
      shape,
      counterOf(this.#options.database, (request) => countElites(request, { filter: conditions, order }), maxCountOfResults),
    );
  }
}

const maxIds = 200;

function readIds(ids: readonly string[] | null | undefined): readonly string[] | undefined {
  if (ids == null) return undefined;
  const field = "filter.eliteIds";
  if (ids.length > maxIds) throw new AppError("INVALID_INPUT", `Name at most ${maxIds} elites by ID.`, { field });
  return ids.map((id) => parseIdOf("Elite", id, field));
}
