/** Reads how much of its quotas a workspace uses. Only the operator of the server changes them. */
import type { Actor } from "@pareidolia/core/actor";
import { type RunImages, readRunImages } from "@pareidolia/persistence/lab/images/runImages";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { readRunLimits } from "@pareidolia/persistence/workspace/quotas/runLimits";
import { type QuotaDefaults, quotasOf } from "@pareidolia/persistence/workspace/quotas/withinQuotas";
import { readUsage } from "@pareidolia/persistence/workspace/quotas/workspaceUsage";
import { policy } from "../policy/policy.ts";
import type { QuotasType } from "./quota.type.ts";

export class QuotaService {
  readonly #database: Database;
  readonly #defaults: QuotaDefaults;

  constructor(database: Database, defaults: QuotaDefaults) {
    this.#database = database;
    this.#defaults = defaults;
  }

  async read(actor: Actor): Promise<QuotasType> {
    const scope = policy.scope(actor, "quota:read");
    const { connection } = this.#database;
    const [usage, runs] = await Promise.all([readUsage(connection, scope), readRunLimits(connection, scope)]);
    const { models, photos, uploads, pending, releases, exports } = usage;
    return { ...quotasOf(usage, this.#defaults), runs, models, photos, uploads, pending, releases, exports };
  }

  async readRunImages(actor: Actor): Promise<RunImages> {
    return readRunImages(this.#database.heavy, policy.scope(actor, "quota:read"));
  }
}
