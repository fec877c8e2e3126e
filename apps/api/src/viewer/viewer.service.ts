/** Reads users and workspaces, and counts a workspace's objects. */
import type { Actor, Role } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Database } from "@pareidolia/persistence/server/database/database";
import {
  countHoldings,
  findMembers,
  findUser,
  findWorkspaces,
  type UserRecord,
  type WorkspaceCounts,
  type WorkspaceRecord,
} from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import type { GraphQLSchema } from "graphql";
import type { Action } from "../policy/actions.ts";
import { explainRefusal, listActions, policy } from "../policy/policy.ts";
import type { Guard } from "../policy/requires.ts";
import type { Resource } from "../policy/resource.ts";
import type { RefusedMutationType } from "./viewer.type.ts";

export class ViewerService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  get(actor: Actor): object {
    policy.requireSignedIn(actor, "viewer:read");
    return {};
  }

  /** @throws AppError NO_WORKSPACE. */
  getRole(actor: Actor): Role {
    policy.requireInWorkspace(actor, "workspace:read");
    return actor.role;
  }

  /** The mutations whose guards refuse the actor. */
  listRefusedMutations(actor: Actor, schema: GraphQLSchema): RefusedMutationType[] {
    policy.requireSignedIn(actor, "viewer:read");
    return Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap(({ name, extensions }) => {
      const message = explainRefusal(actor, extensions["action"] as Guard);
      return message === null ? [] : [{ name, message }];
    });
  }

  /** The actions that the actor may perform in the workspace, by name. */
  listPermittedActions(actor: Actor): Action[] {
    policy.requireSignedIn(actor, "viewer:read");
    return listActions()
      .filter((action) => policy.grants(actor, action))
      .sort();
  }

  /** The actor's own profile, whatever the actor may do. */
  async getUser({ userId }: Actor): Promise<UserRecord> {
    const user = userId === null ? null : await findUser(this.#database.connection, userId);
    if (user === null) throw new AppError("NOT_FOUND", "Your account no longer exists.");
    return user;
  }

  /** Whether the actor may see who created the row. */
  mayReadUsersOf(actor: Actor, row: Resource): boolean {
    return policy.isOwn(actor, row) && policy.grants(actor, "user:read");
  }

  async loadUsers(actor: Actor, userIds: readonly string[]): Promise<(UserRecord | null)[]> {
    const scope = policy.scope(actor, "user:read");
    return findMembers(this.#database.connection, { scope, userIds });
  }

  /** A user who is known from a member's row, also one who was just removed. @throws AppError FORBIDDEN. */
  describeUser(actor: Actor, user: UserRecord): UserRecord {
    policy.requireInWorkspace(actor, "user:read");
    return user;
  }

  async loadWorkspaces(actor: Actor, ids: readonly string[]): Promise<(WorkspaceRecord | null)[]> {
    const readable = ids.filter((id) => policy.allows(actor, "workspace:read", { workspaceId: id, createdById: null }));
    const found = await findWorkspaces(this.#database.connection, readable);
    return ids.map((id) => found[readable.indexOf(id)] ?? null);
  }

  async getWorkspace(actor: Actor): Promise<WorkspaceRecord> {
    policy.requireInWorkspace(actor, "workspace:read");
    const [workspace] = await this.loadWorkspaces(actor, [actor.workspaceId]);
    if (workspace == null) throw new AppError("NOT_FOUND", "Your workspace no longer exists.");
    return workspace;
  }

  /** What each workspace holds. An actor may read only one, so this is one statement for all fields that need it. */
  async loadHoldings(actor: Actor, workspaceIds: readonly string[]): Promise<WorkspaceCounts[]> {
    for (const workspaceId of workspaceIds) policy.require(actor, "workspace:read", { workspaceId, createdById: null });
    const counts = await countHoldings(this.#database.counting, policy.scope(actor, "workspace:read"));
    return workspaceIds.map(() => counts);
  }
}
