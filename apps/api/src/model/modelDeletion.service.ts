/** Deletes models that no run uses, and reports the runs, scores and analyses that refer to a model. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { deleteModel, findModelUsage, type ModelUsage } from "@pareidolia/persistence/lab/models/deleteModel";
import type { ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { maxCount } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import type { ModelService } from "./model.service.ts";

export interface DeletedModel {
  readonly model: ModelRecord;
  readonly usage: ModelUsage;
}

export class ModelDeletionService {
  readonly #database: Database;
  readonly #models: ModelService;

  constructor(options: { database: Database; models: ModelService }) {
    this.#database = options.database;
    this.#models = options.models;
  }

  /** Counts only rows of the actor's workspace, and at most `maxCount` scores. */
  async loadUsage(actor: Actor, modelIds: readonly string[]): Promise<ModelUsage[]> {
    const scope = policy.scope(actor, "run:read");
    return findModelUsage(this.#database.connection, { scope, modelIds, most: maxCount });
  }

  /** @throws AppError INVALID_INPUT; NOT_FOUND; FORBIDDEN; CONFLICT for a model of the zoo or one that a run uses. */
  async delete(actor: Actor, reference: string): Promise<DeletedModel> {
    policy.requireInWorkspace(actor, "model:delete");
    const model = await this.#models.getByReference(actor, reference, "input.modelId");
    if (model.workspaceId === null) throw new AppError("CONFLICT", `${model.name} comes with Pareidolia and cannot be deleted.`);
    policy.require(actor, "model:delete", model);
    const scope = policy.scope(actor, "model:delete");
    const usage = await this.#database.transaction(async (transaction) => {
      const deleted = await deleteModel(transaction, { scope, modelId: model.id });
      const entry = { action: "model:delete", subjectType: "Model", subjectId: model.id, subjectName: model.name };
      const before = { name: model.name, sha256: model.sha256, ...deleted };
      await appendAuditEntry(transaction.connection, actor, { ...entry, before, after: null });
      return deleted;
    });
    return { model, usage };
  }
}
