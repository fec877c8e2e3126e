/** Creates, reads and archives experiments. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { RunState } from "@pareidolia/core/runState";
import { appendAuditEntry } from "@pareidolia/persistence/audit/appendAuditEntry";
import type { Database } from "@pareidolia/persistence/database/database";
import { createExperimentOnce, setExperimentArchived } from "@pareidolia/persistence/experiments/createExperiment";
import {
  countExperiments,
  type ExperimentRecord,
  type ExperimentSummary,
  findExperiments,
  findExperimentsByNumber,
  listExperiments,
  summariseExperiments,
} from "@pareidolia/persistence/experiments/readExperiments";
import { measureExperiments, type OutcomeRecord } from "@pareidolia/persistence/runs/measureOutcomes";
import { parseReferenceTo } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { checkText, readIdempotencyKey, readSearch } from "../text.ts";
import type { ArchiveExperimentInput, CreateExperimentInput, ExperimentFilter, ExperimentOrder } from "./experiment.input.ts";

const longestName = 120;
const longestDescription = 2000;

export class ExperimentService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(ExperimentRecord | null)[]> {
    return policy.only(actor, "experiment:read", await findExperiments(this.#database.connection, ids));
  }

  /** By key number, within the actor's workspace. */
  async loadByNumber(actor: Actor, numbers: readonly number[]): Promise<(ExperimentRecord | null)[]> {
    const scope = policy.scope(actor, "experiment:read");
    return findExperimentsByNumber(this.#database.connection, { scope, numbers });
  }

  async summarise(actor: Actor, ids: readonly string[]): Promise<ExperimentSummary[]> {
    const visible = (await this.load(actor, ids)).flatMap((experiment) => (experiment === null ? [] : [experiment.id]));
    return summariseExperiments(this.#database.connection, visible);
  }

  /** What each experiment's runs have achieved; empty for an experiment that the actor may not read. */
  async measure(actor: Actor, ids: readonly string[]): Promise<OutcomeRecord[][]> {
    const visible = await this.load(actor, ids);
    const outcomes = await measureExperiments(this.#database.connection, ids);
    return outcomes.map((rows, i) => (visible[i] == null ? [] : rows));
  }

  /** An experiment of the actor's workspace, by id or by key. @throws AppError INVALID_INPUT or NOT_FOUND, naming `field`. */
  async getByReference(actor: Actor, text: string, field: string): Promise<ExperimentRecord> {
    const experiment = await this.getReadable(actor, text, field);
    if (!policy.isOwn(actor, experiment)) throw new AppError("NOT_FOUND", "There is no such experiment.", { field });
    return experiment;
  }

  /** As `getByReference`, or by id one that is shared with the actor. */
  async getReadable(actor: Actor, text: string, field: string): Promise<ExperimentRecord> {
    const reference = parseReferenceTo("Experiment", text, field);
    const [experiment] =
      "number" in reference ? await this.loadByNumber(actor, [reference.number]) : await this.load(actor, [reference.id]);
    if (experiment == null) throw new AppError("NOT_FOUND", "There is no such experiment.", { field });
    return experiment;
  }

  async list(
    actor: Actor,
    args: ConnectionArguments,
    filter: ExperimentFilter | null | undefined,
    orderBy: ExperimentOrder | null | undefined,
  ): Promise<Connection<ExperimentRecord>> {
    const scope = policy.scope(actor, "experiment:read");
    const order = orderBy ?? ({ field: "updatedAt", direction: "DESC" } as const);
    const shape: CursorShape = {
      name: `experiments.${order.field}.${order.direction}`,
      values: [order.field === "name" ? "text" : "time", "text"],
    };
    const conditions = {
      scope,
      archived: filter?.archived ?? undefined,
      states: (filter?.state ?? undefined) as RunState[] | undefined,
      search: readSearch(filter?.search),
    };
    const page = await listExperiments(this.#database.connection, { filter: conditions, order, page: readPage(args, shape) });
    return toConnection(
      page,
      shape,
      counterOf(this.#database, (request) => countExperiments(request, conditions)),
    );
  }

  async create(actor: Actor, input: CreateExperimentInput): Promise<ExperimentRecord> {
    policy.requireInWorkspace(actor, "experiment:create");
    const name = checkText(input.name, { field: "input.name", label: "A name", longest: longestName });
    if (name === "") throw new AppError("INVALID_INPUT", "The name of an experiment cannot be empty.", { field: "input.name" });
    const description = checkText(input.description ?? "", {
      field: "input.description",
      label: "A description",
      longest: longestDescription,
    });
    const idempotencyKey = readIdempotencyKey(input.idempotencyKey);
    const { workspaceId, userId: createdById } = actor;
    const id = await this.#database.transaction(async (transaction) => {
      const row = { workspaceId, createdById, name, description, idempotencyKey };
      const experiment = await createExperimentOnce(transaction, row);
      const entry = { action: "experiment:create", subjectType: "Experiment", subjectId: experiment.id, subjectName: name };
      if (experiment.created)
        await appendAuditEntry(transaction.connection, actor, { ...entry, before: null, after: { name, description } });
      return experiment.id;
    });
    return this.#get(actor, id);
  }

  async archive(actor: Actor, input: ArchiveExperimentInput): Promise<ExperimentRecord> {
    const experiment = await this.getByReference(actor, input.experimentId, "input.experimentId");
    policy.require(actor, "experiment:archive", experiment);
    const archived = input.archived ?? true;
    await this.#database.transaction(async ({ connection }) => {
      if (!(await setExperimentArchived(connection, { id: experiment.id, archived }))) return;
      const subject = { subjectType: "Experiment", subjectId: experiment.id, subjectName: `EXP-${experiment.number}` };
      const values = { before: { archived: !archived }, after: { archived } };
      await appendAuditEntry(connection, actor, { action: "experiment:archive", ...subject, ...values });
    });
    return this.#get(actor, experiment.id);
  }

  async #get(actor: Actor, id: string): Promise<ExperimentRecord> {
    const [experiment] = await this.load(actor, [id]);
    if (experiment == null) throw new AppError("NOT_FOUND", "There is no such experiment.");
    return experiment;
  }
}
