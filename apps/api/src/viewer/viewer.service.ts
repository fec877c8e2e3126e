/** Reads who acts, and what their workspace holds. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Database } from "@pareidolia/persistence/database";
import {
  countHoldings,
  findMembers,
  findWorkspaces,
  type UserRecord,
  type WorkspaceCounts,
  type WorkspaceRecord,
} from "@pareidolia/persistence/queries/workspaceQueries";
import { policy } from "../policy/policy.ts";

export class ViewerService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async loadUsers(actor: Actor, userIds: readonly string[]): Promise<(UserRecord | null)[]> {
    policy.require(actor, "user:read", actor);
    return findMembers(this.#database.connection, { workspaceId: actor.workspaceId, userIds });
  }

  async loadWorkspaces(actor: Actor, ids: readonly string[]): Promise<(WorkspaceRecord | null)[]> {
    const readable = ids.filter((id) => policy.allows(actor, "workspace:read", { workspaceId: id }));
    const found = await findWorkspaces(this.#database.connection, readable);
    return ids.map((id) => found[readable.indexOf(id)] ?? null);
  }

  async getWorkspace(actor: Actor): Promise<WorkspaceRecord> {
    const [workspace] = await this.loadWorkspaces(actor, [actor.workspaceId]);
    if (workspace == null) throw new AppError("NOT_FOUND", "Your workspace is gone.");
    return workspace;
  }

  async countHoldings(actor: Actor, workspaceId: string): Promise<WorkspaceCounts> {
    policy.require(actor, "workspace:read", { workspaceId });
    return countHoldings(this.#database.counting, workspaceId);
  }
}
