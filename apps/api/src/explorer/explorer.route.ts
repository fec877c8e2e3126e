/**
 * POST /graphiql/token: the token with which the explorer's page sends documents of the user's own. Only a page of our own gets one, for the
 * session of its user, and each is an entry in the audit log of the user's workspace. Senders without a session need none and get null.
 */
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntry } from "@pareidolia/persistence/audit/appendAuditEntry";
import type { RequestHandler } from "express";
import type { Resources } from "../assembly/nounModule.ts";
import { actorOf } from "../http/identify.ts";
import { limitAttempts } from "../identity/limitAttempts.ts";
import { policy } from "../policy/policy.ts";
import { tokenLifetime, writeExplorerToken } from "./explorerToken.ts";

/** A page needs one every 15 minutes. */
const tokenLimits = { windowSeconds: tokenLifetime / 1000, perAccount: 100, perClient: 500 };
/** A visitor may sign in at any time. */
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
    const seconds = await limitAttempts(database, { action: "explorer token", account: userId, clientAddress }, tokenLimits);
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
