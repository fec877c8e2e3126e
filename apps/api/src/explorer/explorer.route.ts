/**
 * POST /graphiql/token: issues the token that lets GraphiQL send the user's own documents. Pages of other sites get none. A token
 * belongs to one session, and the audit log of the user's workspace records each one. Senders without a session need no token and get null.
 */
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { RequestHandler } from "express";
import type { Resources } from "../assembly/nounModule.ts";
import { actorOf } from "../http/identify.ts";
import { limitAttempts } from "../identity/limitAttempts.ts";
import { policy } from "../policy/policy.ts";
import { tokenLifetime, writeExplorerToken } from "./explorerToken.ts";

/** A page needs a token every 15 minutes. */
const tokenLimits = { windowSeconds: tokenLifetime / 1000, perAccount: 100, perClient: 500 };
/** How long a page goes without a token before it requests one again: a visitor may have signed in. */
const withoutSessionSeconds = 90;

/** Register it after `rejectOtherOrigins`. The secret is null without accounts. */
export function issueExplorerToken({ database, secret }: Pick<Resources, "database" | "secret">): RequestHandler {
  return async (_request, response) => {
    response.setHeader("Cache-Control", "no-store");
    const actor = actorOf(response);
    const { sessionId } = actor;
    if (sessionId === undefined || secret === null) {
      response.json({ token: null, expiresInSeconds: withoutSessionSeconds });
      return;
    }
    policy.requireMember(actor);
    const { userId, clientAddress = "unknown" } = actor;
    const seconds = await limitAttempts({ database, secret }, { action: "explorer token", account: userId, clientAddress }, tokenLimits);
    if (seconds > 0) throw new AppError("RATE_LIMITED", `Too many tokens for the explorer. Try again in ${seconds} s.`);
    const expires = Date.now() + tokenLifetime;
    const expiresAt = new Date(expires).toISOString();
    await database.transaction(async ({ connection }) => {
      const { email } = await connection.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } });
      const subject = { subjectType: "User", subjectId: userId, subjectName: email };
      await appendAuditEntry(connection, actor, { action: "session:explore", ...subject, before: null, after: { expiresAt } });
    });
    response.json({ token: writeExplorerToken(secret, sessionId, expires), expiresInSeconds: tokenLifetime / 1000 });
  };
}
