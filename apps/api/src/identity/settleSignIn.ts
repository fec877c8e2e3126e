/**
 * After a right password or code, forgets the sender's earlier failures. Once the browser has a session, it is a known device of the account. The plugin comes after `secondFactor`, which ends the session of a password without a code.
 */
import { forgetAttempts } from "@pareidolia/persistence/access/accounts/growingDelay";
import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { startsSession } from "./auditSessions.ts";
import { clientAddressHeader } from "./clientAddressHeader.ts";
import { addToDevice, findKnownDevice, secondsOfDevice } from "./knownDevice.ts";
import { keyOfSender, type LimitParts, signInAction } from "./limitAttempts.ts";
import { type HookContext, keyOfCodes, verifyingPaths } from "./secondFactor.ts";

type Parts = LimitParts & { readonly secret: string };

export function settleSignIn(parts: Parts): BetterAuthPlugin {
  const handler = createAuthMiddleware((ctx) => settle(ctx, parts));
  return { id: "settle-sign-in", hooks: { after: [{ matcher: () => true, handler }] } };
}

async function settle(ctx: HookContext, parts: Parts): Promise<void> {
  const { newSession, returned, session } = ctx.context;
  if (returned instanceof APIError) return;
  const cookies = ctx.headers?.get("cookie");
  const { email } = (ctx.body ?? {}) as { email?: unknown };
  if (ctx.path === "/sign-in/email" && typeof email === "string") {
    const clientAddress = ctx.headers?.get(clientAddressHeader) ?? "unknown";
    const device = findKnownDevice(parts, cookies, email);
    const key = keyOfSender(parts, { action: signInAction, account: email, clientAddress, device });
    await forgetAttempts(parts.database.connection, [key]);
  }
  if (newSession == null) return;
  const { user } = newSession;
  if (verifyingPaths.has(ctx.path)) await forgetAttempts(parts.database.connection, [keyOfCodes(parts, cookies, user)]);
  if (session != null || !startsSession(ctx.path)) return;
  const { name, attributes } = ctx.context.createAuthCookie("device", { maxAge: secondsOfDevice });
  ctx.setCookie(name, addToDevice(parts.secret, cookies, user.email), attributes);
}
