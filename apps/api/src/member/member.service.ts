/** Reads and changes the members of a workspace. Every change is written to the audit log. A workspace keeps at least one owner. */
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { Database, Connection as SqlConnection } from "@pareidolia/persistence/server/database/database";
import {
  changeRole,
  countMembers,
  deleteMember,
  findMemberId,
  findMembersById,
  listMembers,
  type MemberRecord,
  requireAnotherOwner,
  revokeAccess,
  setSuspended,
} from "@pareidolia/persistence/workspace/members/members";
import { addRemovedMember, findRemovedMember, minutesToUndo } from "@pareidolia/persistence/workspace/members/removedMember";
import { parseIdOf } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import type { MemberAction } from "../policy/actions.ts";
import { policy, rolesOf } from "../policy/policy.ts";
import { requireUnchanged } from "../tracking/requireUnchanged.ts";
import { admitted, lockWorkspaceFor } from "../workspace/lockWorkspaceFor.ts";
import { writeAccessEmail } from "./accessEmail.ts";
import type { ChangeMemberRoleInput } from "./member.input.ts";

const byJoining: CursorShape = { name: "members.joinedAt", values: ["time", "text"] };
const field = "input.memberId";

export class MemberService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(MemberRecord | null)[]> {
    return policy.only(actor, "member:read", await findMembersById(this.#database.connection, ids));
  }

  /** Whether the actor may see how well the member's account is protected. */
  mayInspect(actor: Actor, member: MemberRecord): boolean {
    return member.createdById === actor.userId || policy.allows(actor, "member:inspect", member);
  }

  /** Whether the member may vote in studies and take part in norming rooms. */
  mayVote({ role, suspendedAt }: MemberRecord): boolean {
    return suspendedAt === null && rolesOf("vote:cast").includes(role) && rolesOf("normingRoom:vote").includes(role);
  }

  async list(actor: Actor, args: ConnectionArguments): Promise<Connection<MemberRecord>> {
    const scope = policy.scope(actor, "member:read");
    const page = await listMembers(this.#database.connection, scope, readPage(args, byJoining));
    return toConnection(
      page,
      byJoining,
      counterOf(this.#database, (request) => countMembers(request, scope)),
    );
  }

  /** @throws AppError NOT_FOUND; FORBIDDEN; CONFLICT for the last owner. */
  changeRole(actor: Actor, { memberId, role, previousRole }: ChangeMemberRoleInput): Promise<MemberRecord> {
    return this.#change(actor, "member:changeRole", memberId, async (connection, member) => {
      await requireUnchanged(connection, { workspaceId: member.workspaceId, subjectId: member.createdById }, [
        { field: "role", stored: member.role, wanted: role, previous: previousRole ?? undefined },
      ]);
      if (member.role === "OWNER" && role !== "OWNER") await requireOtherOwner(connection, member);
      await changeRole(connection, member, role);
      return { before: { role: member.role }, after: { role } };
    });
  }

  /** Takes all access to the workspace away until `restore`. @throws AppError as `changeRole`, and CONFLICT for the actor. */
  suspend(actor: Actor, reference: string): Promise<MemberRecord> {
    return this.#change(actor, "member:suspend", reference, async (connection, member, by) => {
      if (member.createdById === actor.userId) throw new AppError("CONFLICT", "You cannot suspend yourself. Leave the workspace instead.");
      if (member.role === "OWNER") await requireOtherOwner(connection, member);
      const suspendedAt = new Date();
      await setSuspended(connection, member.id, suspendedAt);
      await revokeAccess(connection, member);
      await writeAccessEmail(connection, by, { to: member.email, change: "suspended" });
      return { before: { suspendedAt: member.suspendedAt }, after: { suspendedAt } };
    });
  }

  restore(actor: Actor, reference: string): Promise<MemberRecord> {
    return this.#change(actor, "member:restore", reference, async (connection, member, by) => {
      await setSuspended(connection, member.id, null);
      await writeAccessEmail(connection, by, { to: member.email, change: "restored" });
      return { before: { suspendedAt: member.suspendedAt }, after: { suspendedAt: null } };
    });
  }

  /** Returns the member as before. @throws AppError as `changeRole`. */
  remove(actor: Actor, reference: string): Promise<MemberRecord> {
    return this.#end(actor, "member:remove", parseIdOf("Member", reference, field));
  }

  /** Takes a recent removal back. @throws AppError FORBIDDEN; NOT_FOUND if there is none. */
  async undoRemove(actor: Actor, reference: string): Promise<MemberRecord> {
    const action = "member:undoRemove";
    policy.requireInWorkspace(actor, action);
    const scope = policy.scope(actor, action);
    const userId = parseIdOf("User", reference, "input.userId");
    const find = async (connection: SqlConnection) => {
      const removed = await findRemovedMember(connection, scope, userId);
      if (removed !== null) return removed;
      const message = `Only a removal of the last ${minutesToUndo} minutes can be undone. Invite the person instead.`;
      throw new AppError("NOT_FOUND", message, { field: "input.userId" });
    };
    await find(this.#database.connection);
    const id = await this.#database.transaction(async ({ connection }) => {
      await lockWorkspaceFor(connection, actor, { action, workspaceId: actor.workspaceId });
      const { role, joinedAt, suspendedAt, email } = await find(connection);
      const created = await addRemovedMember(connection, { role, joinedAt, suspendedAt, workspaceId: actor.workspaceId, userId });
      const subject = { action, subjectType: "User", subjectId: userId, subjectName: email };
      await appendAuditEntry(connection, actor, { ...subject, before: null, after: { role, suspendedAt } });
      return created;
    });
    const [member] = await this.load(actor, [id]);
    if (member == null) throw new AppError("NOT_FOUND", "There is no such member.", { field: "input.userId" });
    return member;
  }

  /** Whether the actor may know how many sessions and keys a member has. */
  countsAccess(actor: Actor, member: MemberRecord): boolean {
    return policy.allows(actor, "member:inspect", member);
  }

  /** @throws AppError CONFLICT for the last owner. */
  async leave(actor: Actor): Promise<MemberRecord> {
    policy.requireInWorkspace(actor, "member:leave");
    const id = await findMemberId(this.#database.connection, policy.scope(actor, "member:leave"), actor.userId);
    return this.#end(actor, "member:leave", id ?? "");
  }

  async #end(actor: Actor, action: MemberAction, id: string): Promise<MemberRecord> {
    return this.#changeById(actor, action, id, async (connection, member, by) => {
      if (member.role === "OWNER") await requireOtherOwner(connection, member);
      await deleteMember(connection, member.id);
      await revokeAccess(connection, member);
      if (member.createdById !== by.userId) await writeAccessEmail(connection, by, { to: member.email, change: "removed" });
      const { role, email, joinedAt, suspendedAt } = member;
      return { before: { role, email, joinedAt, suspendedAt }, after: null };
    });
  }

  #change(actor: Actor, action: MemberAction, reference: string, change: Change): Promise<MemberRecord> {
    return this.#changeById(actor, action, parseIdOf("Member", reference, field), change);
  }

  async #changeById(actor: Actor, action: MemberAction, id: string, change: Change): Promise<MemberRecord> {
    const [member] = await this.load(actor, [id]);
    if (member == null) throw new AppError("NOT_FOUND", "There is no such member.", { field });
    policy.require(actor, action, member);
    await this.#database.transaction(async ({ connection }) => {
      // Changes of one workspace's members wait for each other, so that each sees the roles that the one before left.
      await lockWorkspaceFor(connection, actor, { action, workspaceId: actor.workspaceId });
      const [current] = await findMembersById(connection, [id]);
      if (current == null) throw new AppError("NOT_FOUND", "There is no such member.", { field });
      const values = await change(connection, current, actor);
      await appendAuditEntry(connection, admitted(actor), {
        action,
        subjectType: "User",
        subjectId: member.createdById,
        subjectName: member.email,
        ...values,
      });
    });
    const [changed] = await findMembersById(this.#database.connection, [id]);
    return changed ?? member;
  }
}

interface ChangedValues {
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

type Change = (connection: SqlConnection, member: MemberRecord, by: MemberActor) => Promise<ChangedValues>;

function requireOtherOwner(connection: SqlConnection, { workspaceId, createdById }: MemberRecord): Promise<void> {
  return requireAnotherOwner(connection, { workspaceId, userId: createdById });
}
