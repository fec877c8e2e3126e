/**
 * Creates, changes and deletes workspaces, and lists those of the viewer. Every change is written to the workspace's audit log; a switch
 * changes only the session, and is not.
 */
import type { Actor, SignedInActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { stopWork } from "@pareidolia/persistence/lab/workspaces/stopWork";
import type { Database, Connection as SqlConnection } from "@pareidolia/persistence/server/database/database";
import { changeRole, findMembersById, type MemberRecord } from "@pareidolia/persistence/workspace/members/members";
import {
  chooseWorkspace,
  createWorkspace,
  findWorkspaceName,
  markWorkspaceDeleted,
  renameWorkspace,
  restoreWorkspace,
} from "@pareidolia/persistence/workspace/workspaces/changeWorkspace";
import {
  findMembership,
  listMemberships,
  listSuspensions,
  type Suspension,
  type UserMembership,
} from "@pareidolia/persistence/workspace/workspaces/readMemberships";
import { endOfRestoring } from "@pareidolia/persistence/workspace/workspaces/restoreTime";
import { writeDeletionEmails } from "@pareidolia/persistence/workspace/workspaces/writeDeletionEmails";
import { encodeGlobalId, parseIdOf } from "../globalId/globalId.ts";
import type { AccountActions } from "../policy/actions.ts";
import { policy, type SessionActor } from "../policy/policy.ts";
import { checkLine } from "../text.ts";
import { requireUnchanged } from "../tracking/requireUnchanged.ts";
import { lockWorkspaceFor } from "./lockWorkspaceFor.ts";
import type { RenameWorkspaceInput } from "./workspace.input.ts";
import type { WorkspaceMembershipType } from "./workspace.type.ts";

const maxNameLength = 80;
const field = "input.workspaceId";

function notFound(): AppError {
  return new AppError("NOT_FOUND", "You have no such workspace.", { field });
}

function readName(name: string): string {
  const checked = checkLine(name, { field: "input.name", label: "A name", longest: maxNameLength });
  if (checked === "") throw new AppError("INVALID_INPUT", "The name of a workspace cannot be empty.", { field: "input.name" });
  return checked;
}

/** @throws AppError as the policy does; FORBIDDEN without a session, as for a single user without an account. */
function requireSession(actor: Actor, action: keyof AccountActions): SessionActor {
  policy.requireSignedIn(actor, action);
  policy.requireSession(actor);
  return actor;
}

function describe(membership: UserMembership, current: string | null): WorkspaceMembershipType {
  const { id, workspaceId, deletedAt } = membership;
  return {
    ...membership,
    id: encodeGlobalId("Member", id),
    workspaceId: encodeGlobalId("Workspace", workspaceId),
    isCurrent: workspaceId === current,
    restorableUntil: deletedAt === null ? null : endOfRestoring(deletedAt),
  };
}

export class WorkspaceService {
  readonly #database: Database;
  readonly #publicUrl: URL | null;

  constructor({ database, publicUrl }: { database: Database; publicUrl: URL | null }) {
    this.#database = database;
    this.#publicUrl = publicUrl;
  }

  /** In the order of joining; then the deleted ones that the viewer can restore. A key sees only its own workspace. */
  async list(actor: Actor): Promise<WorkspaceMembershipType[]> {
    policy.requireSignedIn(actor, "viewer:read");
    const memberships = await listMemberships(this.#database.connection, actor.userId);
    const visible = actor.key === undefined ? memberships : memberships.filter(({ workspaceId }) => workspaceId === actor.workspaceId);
    return visible.map((membership) => describe(membership, actor.workspaceId));
  }

  /** None for a key, which belongs to one workspace. */
  async listSuspensions(actor: Actor): Promise<Suspension[]> {
    policy.requireSignedIn(actor, "viewer:read");
    return actor.key === undefined ? listSuspensions(this.#database.connection, actor.userId) : [];
  }

  /** @throws AppError INVALID_INPUT; RATE_LIMITED; FORBIDDEN without a session. */
  async create(actor: Actor, text: string): Promise<WorkspaceMembershipType> {
    const owner = requireSession(actor, "workspace:create");
    const name = readName(text);
    const id = await this.#database.transaction(async ({ connection }) => {
      const { id: workspaceId, slug } = await createWorkspace(connection, { userId: owner.userId, name });
      await chooseWorkspace(connection, { ...owner, workspaceId });
      await this.#log(connection, owner, workspaceId, { action: "workspace:create", before: null, after: { name, slug } });
      return workspaceId;
    });
    return this.#get(owner, id, id);
  }

  /** @throws AppError INVALID_INPUT; NOT_FOUND for any but the current workspace; FORBIDDEN. */
  async rename(actor: Actor, input: RenameWorkspaceInput): Promise<WorkspaceMembershipType> {
    policy.require(actor, "workspace:rename", this.#currentOf(actor, input.workspaceId));
    const { workspaceId } = actor;
    const name = readName(input.name);
    await this.#database.transaction(async ({ connection }) => {
      await lockWorkspaceFor(connection, actor, { action: "workspace:rename", workspaceId });
      const before = await findWorkspaceName(connection, workspaceId);
      await requireUnchanged(connection, { workspaceId, subjectId: workspaceId }, [
        { field: "name", stored: before, wanted: name, previous: input.previousName ?? undefined },
      ]);
      await renameWorkspace(connection, workspaceId, name);
      await this.#log(connection, actor, workspaceId, { action: "workspace:rename", before: { name: before }, after: { name } });
    });
    return this.#get(actor, workspaceId, workspaceId);
  }

  /** @throws AppError NOT_FOUND for a workspace of which the user is no member, or that is deleted; FORBIDDEN without a session. */
  async switch(actor: Actor, reference: string): Promise<WorkspaceMembershipType> {
    const chooser = requireSession(actor, "workspace:switch");
    const { workspaceId, deletedAt } = await this.#find(chooser, parseIdOf("Workspace", reference, field));
    if (deletedAt !== null) throw notFound();
    await chooseWorkspace(this.#database.connection, { ...chooser, workspaceId });
    return this.#get(chooser, workspaceId, workspaceId);
  }

  /** @throws AppError NOT_FOUND; FORBIDDEN; CONFLICT for the actor, an owner or a suspended member. */
  async transfer(actor: Actor, reference: string): Promise<WorkspaceMembershipType> {
    const memberId = parseIdOf("Member", reference, "input.memberId");
    policy.requireInWorkspace(actor, "workspace:transfer");
    const { workspaceId, userId } = actor;
    await this.#database.transaction(async ({ connection }) => {
      const own = await lockWorkspaceFor(connection, actor, { action: "workspace:transfer", workspaceId });
      const [member] = await findMembersById(connection, [memberId]);
      if (member == null || member.workspaceId !== workspaceId)
        throw new AppError("NOT_FOUND", "There is no such member.", { field: "input.memberId" });
      requireSuitable(member);
      await changeRole(connection, member, "OWNER");
      await changeRole(connection, { id: own.id, workspaceId, createdById: userId }, "RESEARCHER");
      const before = { [userId]: "OWNER", [member.createdById]: member.role };
      const after = { [userId]: "RESEARCHER", [member.createdById]: "OWNER" };
      await this.#log(connection, actor, workspaceId, { action: "workspace:transfer", before, after });
    });
    return this.#get(actor, workspaceId, workspaceId);
  }

  /** Returns the membership in the deleted workspace. @throws AppError NOT_FOUND for any but the current workspace; FORBIDDEN. */
  async delete(actor: Actor, reference: string): Promise<WorkspaceMembershipType> {
    policy.require(actor, "workspace:delete", this.#currentOf(actor, reference));
    policy.requireSession(actor);
    const { workspaceId } = actor;
    const deletedAt = new Date();
    await this.#database.transaction(async ({ connection }) => {
      await lockWorkspaceFor(connection, actor, { action: "workspace:delete", workspaceId });
      if (!(await markWorkspaceDeleted(connection, workspaceId, deletedAt))) throw notFound();
      const restorableUntil = endOfRestoring(deletedAt);
      await writeDeletionEmails(connection, { workspaceId, deletedBy: actor.userId, restorableUntil, publicUrl: this.#publicUrl });
      const after = { deletedAt, restorableUntil };
      await this.#log(connection, actor, workspaceId, { action: "workspace:delete", before: { deletedAt: null }, after });
    });
    await stopWork(this.#database, { id: workspaceId });
    return this.#get(actor, workspaceId, null);
  }

  /** @throws AppError NOT_FOUND for a workspace that is not deleted or that the user does not own; FORBIDDEN without a session. */
  async restore(actor: Actor, reference: string): Promise<WorkspaceMembershipType> {
    const owner = requireSession(actor, "workspace:restore");
    const { workspaceId, deletedAt } = await this.#find(owner, parseIdOf("Workspace", reference, field));
    if (deletedAt === null) throw notFound();
    await this.#database.transaction(async ({ connection }) => {
      // The users who may delete a workspace may take it back.
      await lockWorkspaceFor(connection, owner, { action: "workspace:delete", workspaceId });
      const before = await restoreWorkspace(connection, workspaceId);
      if (before === null) throw notFound();
      await this.#log(connection, owner, workspaceId, {
        action: "workspace:restore",
        before: { deletedAt: before },
        after: { deletedAt: null },
      });
    });
    return this.#get(owner, workspaceId, owner.workspaceId);
  }

  /** The resource of a workspace that the request must act in. */
  #currentOf(actor: Actor, reference: string): { readonly workspaceId: string; readonly createdById: null } {
    const workspaceId = parseIdOf("Workspace", reference, field);
    if (workspaceId !== actor.workspaceId) throw notFound();
    return { workspaceId, createdById: null };
  }

  /** @throws AppError NOT_FOUND. */
  async #find(actor: SignedInActor, workspaceId: string): Promise<UserMembership> {
    const membership = await findMembership(this.#database.connection, { userId: actor.userId, workspaceId });
    if (membership === null) throw notFound();
    return membership;
  }

  async #get(actor: SignedInActor, workspaceId: string, current: string | null): Promise<WorkspaceMembershipType> {
    return describe(await this.#find(actor, workspaceId), current);
  }

  #log(
    connection: SqlConnection,
    { userId, key, clientAddress }: SignedInActor,
    workspaceId: string,
    change: Pick<Parameters<typeof appendAuditEntry>[2], "action" | "before" | "after">,
  ): Promise<void> {
    const subject = { subjectType: "Workspace", subjectId: workspaceId };
    return appendAuditEntry(connection, { userId, workspaceId, key, clientAddress }, { ...change, ...subject });
  }
}

/** @throws AppError CONFLICT for a member who is an owner already, or has no access. */
function requireSuitable({ role, suspendedAt }: MemberRecord): void {
  if (role === "OWNER") throw new AppError("CONFLICT", "This member is an owner already. To step down, change your own role.");
  if (suspendedAt !== null) throw new AppError("CONFLICT", "This member is suspended. Restore the member's access first.");
}
