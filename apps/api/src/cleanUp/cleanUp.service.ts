/** Reads the results of clean-ups. All workspaces share them. */
import type { Actor } from "@pareidolia/core/actor";
import { type CleanUpRecord, listCleanUps } from "@pareidolia/persistence/server/cleanUps/cleanUpResults";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { policy } from "../policy/policy.ts";
import { productResource } from "../policy/resource.ts";

export class CleanUpService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list(actor: Actor): Promise<readonly CleanUpRecord[]> {
    policy.require(actor, "store:read", productResource);
    return listCleanUps(this.#database.connection);
  }
}
