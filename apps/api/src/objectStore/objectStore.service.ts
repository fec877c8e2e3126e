/** Reads the status of the object store. All workspaces share it, but an actor only sees affected runs of their own workspace. */
import type { Actor } from "@pareidolia/core/actor";
import { findRunsWithImages } from "@pareidolia/persistence/lab/images/readImages";
import { findRuns, type RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { type DamagedFile, hashOf, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { findStoreOutage } from "@pareidolia/persistence/server/objectStores/storeOutage";
import { policy } from "../policy/policy.ts";
import { productResource } from "../policy/resource.ts";
import type { StoreHealth } from "./storeHealth.ts";

export interface ObjectStoreRecord {
  readonly place: string;
  readonly problem: string | null;
}

const maxRuns = 100;

export class ObjectStoreService {
  readonly #options: { readonly database: Database; readonly objectStore: ObjectStore; readonly health: StoreHealth };

  constructor(options: { database: Database; objectStore: ObjectStore; health: StoreHealth }) {
    this.#options = options;
  }

  async get(actor: Actor): Promise<ObjectStoreRecord> {
    policy.require(actor, "store:read", productResource);
    const { objectStore, health } = this.#options;
    return { place: objectStore.place, problem: await health.findProblem() };
  }

  /** Empty during an outage of the store. */
  async listDamage(actor: Actor): Promise<readonly DamagedFile[]> {
    policy.require(actor, "store:read", productResource);
    try {
      return await this.#options.objectStore.findDamage();
    } catch (error) {
      if (findStoreOutage(error) === null) throw error;
      return [];
    }
  }

  /** The runs that use images lost with the file. */
  async findRunsOf(actor: Actor, { lost }: DamagedFile): Promise<RunRecord[]> {
    const scope = policy.scope(actor, "run:read");
    const { connection } = this.#options.database;
    const ids = await findRunsWithImages(connection, { scope, hashes: lost.map(hashOf), limit: maxRuns });
    return policy.only(actor, "run:read", await findRuns(connection, ids)).filter((run) => run !== null);
  }
}
