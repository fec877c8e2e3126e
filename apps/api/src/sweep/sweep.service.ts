/** Reads the results of sweeps. All workspaces share them. */
import type { Actor } from "@pareidolia/core/actor";
import type { Database } from "@pareidolia/persistence/database/database";
import { listSweeps, type SweepRecord } from "@pareidolia/persistence/sweeps/sweepResults";
import { policy } from "../policy/policy.ts";
import { productResource } from "../policy/resource.ts";

export class SweepService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list(actor: Actor): Promise<readonly SweepRecord[]> {
    policy.require(actor, "store:read", productResource);
    return listSweeps(this.#database.connection);
  }
}
