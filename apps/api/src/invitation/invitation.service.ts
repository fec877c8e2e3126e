/** Creates, lists and revokes invitations to the workspace, and lists the viewer's received invitations. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { Database } from "@pareidolia/persistence/server/database/database";
import {
  countInvitationsTo,
  createInvitation,
  deleteInvitation,
  findInvitations,
  type InvitationRecord,
  listInvitations,
  type OpenInvitation,
  pageInvitationsTo,
} from "@pareidolia/persistence/workspace/members/invitations";
import { findMembers, findWorkspaces } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { z } from "zod";
import { limitEmails } from "../email/limitEmails.ts";
import { writeInvitationEmail } from "../email/writeInvitationEmail.ts";
import { parseIdOf } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { lockWorkspaceFor } from "../workspace/lockWorkspaceFor.ts";
import type { InviteMemberInput } from "./invitation.input.ts";

const byExpiry: CursorShape = { name: "receivedInvitations.expiresAt", values: ["time", "text"] };
const daysValid = 7;
const millisecondsPerDay = 86_400_000;
const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email());

export class InvitationService {
  readonly #database: Database;
  readonly #publicUrl: URL | null;

  constructor(options: { database: Database; publicUrl: URL | null }) {
    this.#database = options.database;
    this.#publicUrl = options.publicUrl;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(InvitationRecord | null)[]> {
    return policy.only(actor, "invitation:read", await findInvitations(this.#database.connection, ids));
  }

  async list(actor: Actor): Promise<InvitationRecord[]> {
    return listInvitations(this.#database.connection, policy.scope(actor, "invitation:read"));
  }

  /** Invitations to the actor's address, ordered by expiry. Empty while the address is unverified, since it may be another person's. */
  async listReceived(actor: Actor, args: ConnectionArguments): Promise<Connection<OpenInvitation>> {
    policy.requireSignedIn(actor, "invitation:receive");
    const { userId } = actor;
    const page = await pageInvitationsTo(this.#database.connection, userId, readPage(args, byExpiry));
    return toConnection(
      page,
      byExpiry,
      counterOf(this.#database, (request) => countInvitationsTo(request, userId)),
    );
  }

  /**
   * The returned link, which the owner may pass on, has another token than the e-mail that is sent: the user of the latter receives mail at
   * the address. An e-mail that is sent again has the link that was returned, since the other one is not kept.
   * @throws AppError INVALID_INPUT; FORBIDDEN; CONFLICT for a member's address, and for a single user; RATE_LIMITED.
   */
  async create(actor: Actor, { email: typed, role }: InviteMemberInput): Promise<{ invitation: InvitationRecord; link: string }> {
    policy.requireInWorkspace(actor, "invitation:create");
    if (this.#publicUrl === null)
      throw new AppError("CONFLICT", "This installation has a single user. Start it with PAREIDOLIA_SINGLE_USER=off to invite others.");
    const parsed = emailSchema.safeParse(typed);
    if (!parsed.success) throw new AppError("INVALID_INPUT", "Enter an e-mail address.", { field: "input.email" });
    const email = parsed.data;
    const { workspaceId, userId } = actor;
    const expiresAt = new Date(Date.now() + daysValid * millisecondsPerDay);
    const linkOf = (token: string): string => new URL(`/join/${token}`, this.#publicUrl ?? undefined).href;
    await limitEmails(this.#database, { workspaceId, senderId: userId, to: email });
    const { id, link } = await this.#database.transaction(async ({ connection }) => {
      await lockWorkspaceFor(connection, actor, { action: "invitation:create", workspaceId });
      const input = { workspaceId, createdById: userId, email, role, expiresAt };
      const { id: created, token, mailedToken } = await createInvitation(connection, input);
      const [[workspace], [inviter]] = [
        await findWorkspaces(connection, [workspaceId]),
        await findMembers(connection, { scope: policy.scope(actor, "invitation:create"), userIds: [userId] }),
      ];
      await writeInvitationEmail(connection, {
        to: email,
        outbox: { workspaceId, link: linkOf(token) },
        link: linkOf(mailedToken),
        inviterName: inviter?.name ?? null,
        workspaceName: workspace?.name ?? "",
        role,
        expiresAt,
      });
      const subject = { action: "invitation:create", subjectType: "Invitation", subjectId: created, subjectName: email };
      await appendAuditEntry(connection, actor, { ...subject, before: null, after: { email, role, expiresAt } });
      return { id: created, link: linkOf(token) };
    });
    const [invitation] = await this.load(actor, [id]);
    if (invitation == null) throw new AppError("NOT_FOUND", "The invitation was revoked already.");
    return { invitation, link };
  }

  /** @throws AppError NOT_FOUND; FORBIDDEN. */
  async revoke(actor: Actor, reference: string): Promise<InvitationRecord> {
    const field = "input.invitationId";
    const [invitation] = await this.load(actor, [parseIdOf("Invitation", reference, field)]);
    if (invitation == null) throw new AppError("NOT_FOUND", "There is no such invitation.", { field });
    policy.require(actor, "invitation:revoke", invitation);
    const { id, email, role } = invitation;
    const { workspaceId } = actor;
    await this.#database.transaction(async ({ connection }) => {
      await lockWorkspaceFor(connection, actor, { action: "invitation:revoke", workspaceId });
      if (!(await deleteInvitation(connection, id))) return;
      const subject = { action: "invitation:revoke", subjectType: "Invitation", subjectId: id, subjectName: email };
      await appendAuditEntry(connection, actor, { ...subject, before: { email, role }, after: null });
    });
    return invitation;
  }
}
