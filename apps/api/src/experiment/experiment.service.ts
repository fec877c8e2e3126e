/** Creates, reads and archives experiments. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { maxNameLength } from "@pareidolia/core/maxNameLength";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { createExperimentOnce, setExperimentArchived } from "@pareidolia/persistence/lab/experiments/createExperiment";
import {
  countExperiments,
  type ExperimentRecord,
  type ExperimentSummary,
  findExperiments,
  findExperimentsByNumber,
  listExperiments,
  summariseExperiments,
} from "@pareidolia/persistence/lab/experiments/readExperiments";
import { measureExperiments, type OutcomeRecord } from "@pareidolia/persistence/lab/runs/measureOutcomes";
import {
  countSearchedExperiments,
  experimentPositionTypes,
  listSearchedExperiments,
} from "@pareidolia/persistence/lab/search/searchExperiments";
import { refuseLocked } from "@pareidolia/persistence/lab/tracking/lockSubjects";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { Direction } from "@pareidolia/persistence/server/database/keyset";
import { experimentFields } from "@pareidolia/search/fields/experimentFields";
import { parseReferenceTo } from "../globalId/globalId.ts";
import { type Connection, isEmptyPage, toConnection, toEmptyConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import { type CursorShape, cursorShapeOf } from "../pagination/cursor.ts";
import { counterOf, counterOfPage } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { columnOrderOf, readerOf, readSearchText, readSort, splitOrder } from "../search/readSearch.ts";
import { checkLine, checkText, readIdempotencyKey } from "../text.ts";
import { lockSubject } from "../tracking/lockSubject.ts";
import type { ArchiveExperimentInput, CreateExperimentInput, ExperimentOrder, ExperimentOrderField } from "./experiment.input.ts";

export const maxDescriptionLength = 2000;

/** A sort order that needs no membership. */
interface ExperimentFieldOrder {
  readonly field: ExperimentOrderField;
  readonly direction: Direction;
}

const columnsOfFields: Readonly<Record<ExperimentOrderField, string>> = { createdAt: "created", updatedAt: "updated", name: "name" };

export interface ExperimentSearchArguments {
  readonly orderBy: ExperimentOrder | null | undefined;
  readonly search: string | null | undefined;
}

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

  /** The ID of one of the workspace's experiments; an empty text for any other reference, which no experiment has. */
  async findId(actor: Actor, text: string, field: string): Promise<string> {
    const found = await this.#find(actor, text, field);
    return found != null && policy.isOwn(actor, found) ? found.id : "";
  }

  /** As `getByReference`, or by id one that is shared with the actor. */
  async getReadable(actor: Actor, text: string, field: string): Promise<ExperimentRecord> {
    const experiment = await this.#find(actor, text, field);
    if (experiment == null) throw new AppError("NOT_FOUND", "There is no such experiment.", { field });
    return experiment;
  }

  async #find(actor: Actor, text: string, field: string): Promise<ExperimentRecord | null | undefined> {
    const reference = parseReferenceTo("Experiment", text, field);
    const [found] = "number" in reference ? await this.loadByNumber(actor, [reference.number]) : await this.load(actor, [reference.id]);
    return found;
  }

  async list(actor: Actor, args: ConnectionArguments, orderBy: ExperimentFieldOrder | null): Promise<Connection<ExperimentRecord>> {
    const scope = policy.scope(actor, "experiment:read");
    const order = orderBy ?? ({ field: "updatedAt", direction: "DESC" } as const);
    const shape: CursorShape = {
      name: `experiments.${order.field}.${order.direction}`,
      values: [order.field === "name" ? "text" : "time", "text"],
    };
    const page = await listExperiments(this.#database.connection, { scope, order, page: readPage(args, shape) });
    return toConnection(
      page,
      shape,
      counterOf(this.#database, (request) => countExperiments(request, scope)),
    );
  }

  /** By a search or an order by a column for members, otherwise as everyone may. @throws AppError INVALID_INPUT naming the argument. */
  async listBy(actor: Actor, args: ConnectionArguments, given: ExperimentSearchArguments): Promise<Connection<ExperimentRecord>> {
    const split = splitOrder<ExperimentOrderField>(given.orderBy);
    if (given.search == null && split.by === "field") return this.list(actor, args, split.order);
    return this.search(actor, args, given);
  }

  /** Experiments of the actor's workspace that match a search, in the order of any column. @throws AppError INVALID_INPUT. */
  async search(actor: Actor, args: ConnectionArguments, given: ExperimentSearchArguments): Promise<Connection<ExperimentRecord>> {
    policy.requireInWorkspace(actor, "search:read");
    const reader = readerOf(actor);
    const order = readSort(columnOrderOf(given.orderBy, columnsOfFields), experimentFields, "updated");
    const shape = cursorShapeOf(`experiments.search.${order.field.name}.${order.direction}`, experimentPositionTypes(order, reader));
    const conditions = { reader, search: readSearchText(given.search, experimentFields) };
    const asked = readPage(args, shape);
    const counter = counterOf(this.#database, (request) => countSearchedExperiments(request, conditions));
    if (isEmptyPage(asked)) return toEmptyConnection(counter);
    const page = await listSearchedExperiments(this.#database.connection, { ...conditions, order, page: asked });
    return toConnection(page, shape, counterOfPage(page, counter));
  }

  async create(actor: Actor, input: CreateExperimentInput): Promise<ExperimentRecord> {
    policy.requireInWorkspace(actor, "experiment:create");
    const name = checkLine(input.name, { field: "input.name", label: "A name", longest: maxNameLength });
    if (name === "") throw new AppError("INVALID_INPUT", "The name of an experiment cannot be empty.", { field: "input.name" });
    const description = checkText(input.description ?? "", {
      field: "input.description",
      label: "A description",
      longest: maxDescriptionLength,
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
    const own = policy.scope(actor, "experiment:archive");
    await this.#database.transaction(async ({ connection }) => {
      refuseLocked(await lockSubject(connection, own, { kind: "Experiment", id: experiment.id }));
      if (!(await setExperimentArchived(connection, { workspaceId: experiment.workspaceId, id: experiment.id, archived }))) return;
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
