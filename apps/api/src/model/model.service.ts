/** Reads models. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Database } from "@pareidolia/persistence/database";
import { type EliteRecord, findFirstFooled } from "@pareidolia/persistence/queries/eliteQueries";
import { countModels, findModels, listModels, type ModelRecord, measureSpeeds } from "@pareidolia/persistence/queries/modelQueries";
import { parseIdOf } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { policy } from "../policy/policy.ts";

const byCreation: CursorShape = { name: "models.createdAt", values: ["time", "text"] };
const fooledAt = 0.99;
const runsMeasured = 5;

export class ModelService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(ModelRecord | null)[]> {
    return policy.only(actor, "model:read", await findModels(this.#database.connection, ids));
  }

  /** @throws AppError INVALID_INPUT or NOT_FOUND, naming `field`. */
  async getByReference(actor: Actor, text: string, field: string): Promise<ModelRecord> {
    const [model] = await this.load(actor, [parseIdOf("Model", text, field)]);
    if (model == null) throw new AppError("NOT_FOUND", "There is no such model.", { field });
    return model;
  }

  async list(actor: Actor, args: ConnectionArguments): Promise<Connection<ModelRecord>> {
    policy.require(actor, "model:read", actor);
    const page = await listModels(this.#database.connection, { workspaceId: actor.workspaceId, page: readPage(args, byCreation) });
    return toConnection(page, byCreation, () => countModels(this.#database.connection, actor.workspaceId));
  }

  async measureSpeeds(actor: Actor, modelIds: readonly string[]): Promise<(number | null)[]> {
    policy.require(actor, "run:read", actor);
    return measureSpeeds(this.#database.connection, { workspaceId: actor.workspaceId, modelIds, runs: runsMeasured });
  }

  async loadFirstFooled(actor: Actor, modelIds: readonly string[]): Promise<(EliteRecord | null)[]> {
    policy.require(actor, "elite:read", actor);
    return findFirstFooled(this.#database.connection, { workspaceId: actor.workspaceId, modelIds, confidence: fooledAt });
  }
}
