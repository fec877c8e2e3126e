/** Reads scores. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { countScores, findScores, findScoresOfImages, listScores, type ScoreRecord } from "@pareidolia/persistence/lab/scores/readScores";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { ModelService } from "../model/model.service.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf, maxCountOfResults } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import type { ScoreFilter } from "./score.input.ts";

const byConfidence: CursorShape = { name: "scores.topConfidence", values: ["number", "text"] };

export class ScoreService {
  readonly #database: Database;
  readonly #models: ModelService;

  constructor(options: { database: Database; models: ModelService }) {
    this.#database = options.database;
    this.#models = options.models;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(ScoreRecord | null)[]> {
    const reach = policy.reach(actor, "score:read");
    return findScores(this.#database.connection, { reach, ids });
  }

  async loadOfImages(actor: Actor, hashes: readonly string[]): Promise<ScoreRecord[][]> {
    const reach = policy.reach(actor, "score:read");
    return findScoresOfImages(this.#database.connection, { reach, hashes });
  }

  async list(actor: Actor, args: ConnectionArguments, filter: ScoreFilter | null | undefined): Promise<Connection<ScoreRecord>> {
    const scope = policy.scope(actor, "score:read");
    const { connection } = this.#database;
    const page = readPage(args, byConfidence);
    const minimumConfidence = filter?.minimumConfidence ?? undefined;
    if (minimumConfidence !== undefined && !(minimumConfidence >= 0 && minimumConfidence <= 1))
      throw new AppError("INVALID_INPUT", "A confidence must be from 0 to 1.", { field: "filter.minimumConfidence" });
    const modelId = filter?.modelId == null ? undefined : (await this.#models.getByReference(actor, filter.modelId, "filter.modelId")).id;
    const conditions = { scope, modelId, minimumConfidence };
    const rows = await listScores(connection, { filter: conditions, page });
    return toConnection(
      rows,
      byConfidence,
      counterOf(this.#database, (request) => countScores(request, conditions), maxCountOfResults),
    );
  }
}
