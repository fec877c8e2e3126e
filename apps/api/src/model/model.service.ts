/** Reads models. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { type EliteRecord, findFirstFooled } from "@pareidolia/persistence/lab/elites/readElites";
import {
  countModels,
  findModels,
  findSharedTargets,
  listModels,
  type ModelRecord,
  type ModelState,
  measureSpeeds,
} from "@pareidolia/persistence/lab/models/readModels";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { parseIdOf } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { readName } from "../text.ts";
import type { ModelFilter } from "./model.input.ts";

const byCreation: CursorShape = { name: "models.createdAt", values: ["time", "text"] };
/** States listed by default: all except REFUSED. */
const registered: readonly ModelState[] = ["AVAILABLE", "NOT_DOWNLOADED", "CHECKING"];
const runsMeasured = 5;

export class ModelService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A private model that a shared experiment targets is reduced to its name and classes. */
  async load(actor: Actor, ids: readonly string[]): Promise<(ModelRecord | null)[]> {
    const { connection } = this.#database;
    const found = await findModels(connection, ids);
    const visible = policy.only(actor, "model:read", found);
    const hidden = found.flatMap((model, i) => (model !== null && visible[i] === null ? [model.id] : []));
    if (hidden.length === 0) return visible;
    const targets = await findSharedTargets(connection, { reach: policy.reach(actor, "model:read"), modelIds: hidden });
    return visible.map((model, i) => {
      const other = found[i];
      return model === null && other != null && targets.has(other.id) ? onlyIdentity(other) : model;
    });
  }

  /** A model of the actor's workspace or of the product. @throws AppError INVALID_INPUT or NOT_FOUND, naming `field`. */
  async getByReference(actor: Actor, text: string, field: string): Promise<ModelRecord> {
    const [model] = await this.load(actor, [parseIdOf("Model", text, field)]);
    if (model == null || !policy.isOwn(actor, model)) throw new AppError("NOT_FOUND", "There is no such model.", { field });
    return model;
  }

  /** @throws AppError NOT_FOUND. */
  async get(actor: Actor, id: string): Promise<ModelRecord> {
    const [model] = await this.load(actor, [id]);
    if (model == null) throw new AppError("NOT_FOUND", "There is no such model.");
    return model;
  }

  async list(actor: Actor, args: ConnectionArguments, filter: ModelFilter | null | undefined): Promise<Connection<ModelRecord>> {
    const scope = policy.scope(actor, "model:read");
    const conditions = {
      scope,
      labelSpace: readName(filter?.labelSpace, "filter.labelSpace"),
      states: (filter?.state as ModelState[] | null | undefined) ?? registered,
    };
    const page = await listModels(this.#database.connection, { filter: conditions, page: readPage(args, byCreation) });
    return toConnection(
      page,
      byCreation,
      counterOf(this.#database, (request) => countModels(request, conditions)),
    );
  }

  async measureSpeeds(actor: Actor, modelIds: readonly string[]): Promise<(number | null)[]> {
    const scope = policy.scope(actor, "run:read");
    return measureSpeeds(this.#database.connection, { scope, modelIds, runs: runsMeasured });
  }

  async loadFirstFooled(actor: Actor, modelIds: readonly string[]): Promise<(EliteRecord | null)[]> {
    const scope = policy.scope(actor, "elite:read");
    return findFirstFooled(this.#database.connection, { scope, modelIds });
  }
}

/** What the images of a shared experiment show of its model anyway. */
function onlyIdentity({ id, workspaceId, createdById, name, labels, width, height, channels, state, createdAt }: ModelRecord): ModelRecord {
  const identity = { id, workspaceId, createdById, name, labels, width, height, channels, state, createdAt };
  const texts = { slug: "", description: "", licence: "", source: "", sha256: "", origin: "upload", labelSpace: "" };
  return { ...identity, ...texts, testError: null, byteLength: null, url: null, preprocessing: null, refusal: null, report: null };
}
