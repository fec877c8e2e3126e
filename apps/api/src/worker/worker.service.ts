/** Reads workers. They serve all workspaces; a worker's run is visible only to actors who may read the run. */
import type { Actor } from "@pareidolia/core/actor";
import { findWorkers, listWorkers, type WorkerRecord } from "@pareidolia/persistence/lab/workers/readWorkers";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { policy } from "../policy/policy.ts";
import { productResource } from "../policy/resource.ts";

export class WorkerService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  list(actor: Actor): Promise<WorkerRecord[]> {
    policy.require(actor, "worker:read", productResource);
    return listWorkers(this.#database.connection);
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(WorkerRecord | null)[]> {
    policy.require(actor, "worker:read", productResource);
    return findWorkers(this.#database.connection, ids);
  }
}
