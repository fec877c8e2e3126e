/**
 * Proves that a user receives mail at an address, by a link that works once. Only the hash of its token is stored. The link works only in a
 * session of the same user: a person who gets the e-mail about another person's account cannot confirm it by accident.
 */
import { createHash, randomBytes } from "node:crypto";
import type { Connection } from "../../server/database/database.ts";
import { refuseTakenEmail } from "./refuseTakenEmail.ts";

const bytesOfToken = 32;
export const hoursOfVerification = 24;
const millisecondsPerHour = 3_600_000;

function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Replaces the link before it. Returns the token. */
export async function issueEmailVerification(
  connection: Connection,
  { userId, email }: { readonly userId: string; readonly email: string },
): Promise<string> {
  const token = randomBytes(bytesOfToken).toString("base64url");
  const expiresAt = new Date(Date.now() + hoursOfVerification * millisecondsPerHour);
  const verification = { tokenHash: hashToken(token), email, expiresAt };
  await connection.emailVerification.upsert({ where: { userId }, create: { userId, ...verification }, update: verification });
  return token;
}

/** Deletes the link and returns its address; null for an unknown, used or expired one, and for another user's. */
export async function takeEmailVerification(
  connection: Connection,
  { userId, token }: { readonly userId: string; readonly token: string },
): Promise<string | null> {
  const taken = await connection.$queryRaw<{ email: string }[]>`
    DELETE FROM email_verifications WHERE user_id = ${userId} AND token_hash = ${hashToken(token)} AND expires_at > now() RETURNING email`;
  return taken[0]?.email ?? null;
}

/** Sets a user's proven address. Call it in the transaction that takes the link. @throws AppError CONFLICT for another user's address. */
export async function setVerifiedEmail(
  connection: Connection,
  { userId, email }: { readonly userId: string; readonly email: string },
): Promise<void> {
  await refuseTakenEmail(connection.user.update({ where: { id: userId }, data: { email, emailVerified: true } }));
}
