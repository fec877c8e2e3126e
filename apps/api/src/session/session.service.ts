/** Lists the viewer's sessions, and ends them. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import {
  countSessions,
  deleteSession,
  findSessions,
  listSessions,
  type SessionRecord,
} from "@pareidolia/persistence/access/accounts/sessions";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { parseIdOf } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";

const byUse: CursorShape = { name: "sessions.lastUsedAt", values: ["time", "text"] };

export class SessionService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** In the order of `ids`; null for a session that is unknown, expired or another user's. */
  async load(actor: Actor, ids: readonly string[]): Promise<(SessionRecord | null)[]> {
    if (!policy.grants(actor, "session:read")) return ids.map(() => null);
    const rows = await findSessions(this.#database.connection, ids);
    return rows.map((row) => (row?.userId === actor.userId ? row : null));
  }

  /** Most recently used first. */
  async list(actor: Actor, args: ConnectionArguments): Promise<Connection<SessionRecord>> {
    policy.requireSignedIn(actor, "session:read");
    const { userId } = actor;
    const page = await listSessions(this.#database.connection, userId, readPage(args, byUse));
    return toConnection(
      page,
      byUse,
      counterOf(this.#database, (request) => countSessions(request, userId)),
    );
  }

  /** For a member, the workspace's audit log records it. @throws AppError NOT_FOUND; CONFLICT for the request's own session; FORBIDDEN. */
  async revoke(actor: Actor, reference: string): Promise<SessionRecord> {
    policy.requireSignedIn(actor, "session:revoke");
    policy.requireSession(actor);
    const field = "input.sessionId";
    const [session] = await this.load(actor, [parseIdOf("Session", reference, field)]);
    if (session == null) throw new AppError("NOT_FOUND", "You have no such session. It may have ended already.", { field });
    if (session.id === actor.sessionId) throw new AppError("CONFLICT", "This request belongs to the session. Sign out instead.", { field });
    await this.#database.transaction(async ({ connection }) => {
      if (!(await deleteSession(connection, session.id)) || actor.workspaceId === null) return;
      const values = { through: "revokeSession", device: session.userAgent };
      const subject = { action: "session:end", subjectType: "User", subjectId: actor.userId, subjectName: session.email };
      await appendAuditEntry(connection, actor, { ...subject, before: values, after: null });
    });
    return session;
  }
}
