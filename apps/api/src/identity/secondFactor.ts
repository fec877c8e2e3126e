/**
 * The second factor: codes of an authenticator app (RFC 6238) and backup codes, by better-auth. It limits attempts per sign-in; here a
 * user's attempts in all sign-ins wait longer after each failure, and a code works once (RFC 6238, section 5.2). A known device waits only for
 * its own failures.
 */
import { createHash } from "node:crypto";
import { countDelayedAttempt } from "@pareidolia/persistence/access/accounts/growingDelay";
import { countAttempt } from "@pareidolia/persistence/access/accounts/rateLimit";
import { endSessions, forgetCodes } from "@pareidolia/persistence/access/accounts/revokeCredentials";
import type { Connection, Database } from "@pareidolia/persistence/server/database/database";
import { APIError, createAuthMiddleware, getSessionFromCtx } from "better-auth/api";
import { twoFactor } from "better-auth/plugins/two-factor";
import { endKeysOf } from "../apiKey/endKey.ts";
import { accessChoices } from "./accessChoices.ts";
import { type SecondFactorChange, writeSecondFactorEmail } from "./accountEmails.ts";
import { countBackupCodes, normaliseBackupCode } from "./backupCodes.ts";
import { clientAddressHeader } from "./clientAddressHeader.ts";
import { hashForLimits } from "./hashForLimits.ts";
import { findKnownDevice } from "./knownDevice.ts";
import { guessDelay, type LimitParts, tooManyAttempts } from "./limitAttempts.ts";
import { recordAccountChange } from "./recordAccountChange.ts";

const backupCodePath = "/two-factor/verify-backup-code";
export const verifyingPaths: ReadonlySet<string> = new Set(["/two-factor/verify-totp", backupCodePath]);
/** A code of the app is valid for its own 30 seconds and those before and after. */
const secondsOfCode = 120;
const minutesToEnterCode = 10;
const daysOfTrust = 30;

export function secondFactor() {
  return twoFactor({
    issuer: "Pareidolia",
    twoFactorCookieMaxAge: minutesToEnterCode * 60,
    trustDeviceMaxAge: daysOfTrust * 86_400,
  });
}

export type HookContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

/** The user of the sign-in that waits for the second factor; null for other requests. */
export async function findChallengedUserId(ctx: HookContext): Promise<string | null> {
  const { name } = ctx.context.createAuthCookie("two_factor");
  const challenge = await ctx.getSignedCookie(name, ctx.context.secret);
  if (typeof challenge !== "string") return null;
  return (await ctx.context.internalAdapter.findVerificationValue(challenge))?.value ?? null;
}

interface CodeUser {
  readonly id: string;
  readonly email: string;
}

async function findUser(ctx: HookContext, { connection }: Database): Promise<CodeUser | null> {
  const found = await getSessionFromCtx(ctx);
  if (found !== null) return found.user;
  const id = await findChallengedUserId(ctx);
  return id === null ? null : connection.user.findUnique({ where: { id }, select: { id: true, email: true } });
}

/** Under which a user's codes are counted, apart for each known device. */
export function keyOfCodes({ secret }: LimitParts, cookies: string | null | undefined, { id, email }: CodeUser): string {
  const device = findKnownDevice({ secret }, cookies, email);
  return `second-factor of ${id}${device === null ? "" : ` by ${hashForLimits(secret, device)}`}`;
}

export interface ChangedBody {
  readonly context: { readonly body: object };
}

/**
 * Before better-auth compares a code. Returns the body with the code as it is stored.
 * @throws APIError TOO_MANY_REQUESTS; UNAUTHORIZED for a code that was used already.
 */
export async function limitCodes(ctx: HookContext, parts: LimitParts): Promise<ChangedBody | undefined> {
  if (!verifyingPaths.has(ctx.path)) return undefined;
  const { connection } = parts.database;
  const user = await findUser(ctx, parts.database);
  if (user === null) return undefined;
  const { id: userId } = user;
  const secondsToWait = await countDelayedAttempt(connection, keyOfCodes(parts, ctx.headers?.get("cookie"), user), guessDelay);
  if (secondsToWait > 0) throw new APIError("TOO_MANY_REQUESTS", { code: "RATE_LIMITED", message: tooManyAttempts(secondsToWait) });
  const body = (ctx.body ?? {}) as { code?: unknown };
  const code = ctx.path === backupCodePath ? normaliseBackupCode(String(body.code)) : body.code;
  // As a hash: a backup code that was refused for another reason is still valid.
  const hash = createHash("sha256").update(String(code)).digest("hex");
  const used = await countAttempt(connection, `code of ${userId} ${hash}`, secondsOfCode);
  if (used.attempts > 1)
    throw new APIError("UNAUTHORIZED", { code: "INVALID_CODE", message: "This code was used. Wait for the next one." });
  return { context: { body: { ...body, code } } };
}

interface SettleParts {
  readonly database: Database;
  readonly publicUrl: URL;
}

/** After better-auth has answered: what follows from a changed password or second factor. */
export async function settleCredentials(ctx: HookContext, { database, publicUrl }: SettleParts): Promise<void> {
  const { session, newSession, returned } = ctx.context;
  if (returned instanceof APIError) return;
  const tell = async (connection: Connection, user: CodeUser, change: SecondFactorChange) => {
    const codesLeft = await countBackupCodes(connection, user.id, ctx.context.secretConfig);
    await writeSecondFactorEmail(connection, { to: user.email, publicUrl, change, codesLeft: codesLeft ?? 0 });
  };
  if (ctx.path === backupCodePath && newSession != null) await tell(database.connection, newSession.user, "codeUsed");
  if (session == null) return;
  const userId = session.user.id;
  const clientAddress = ctx.headers?.get(clientAddressHeader) ?? undefined;
  const record = (action: string, isOn: boolean) =>
    database.transaction(async ({ connection }) => {
      await forgetCodes(connection, userId);
      if (isOn) await endSessions(connection, userId, newSession?.session.token ?? session.session.token);
      const change = { action, before: { secondFactor: !isOn }, after: { secondFactor: isOn } };
      await recordAccountChange(connection, { userId, clientAddress }, change);
      await tell(connection, session.user, isOn ? "on" : "off");
    });
  if (ctx.path === "/change-password")
    await database.transaction(async ({ connection }) => {
      await forgetCodes(connection, userId);
      if (accessChoices().revokeKeys) await endKeysOf(connection, { userId, clientAddress });
    });
  if (ctx.path === "/two-factor/disable") await record("member:disableSecondFactor", false);
  if (ctx.path === "/two-factor/generate-backup-codes") await tell(database.connection, session.user, "newCodes");
  // With a session, it starts another one only when it turns the second factor on.
  if (ctx.path === "/two-factor/verify-totp" && newSession != null) await record("member:enableSecondFactor", true);
}
