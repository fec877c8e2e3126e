/** Creates the first owner of a workspace. */
import { randomUUID } from "node:crypto";
import type { Connection } from "../database.ts";

export interface NewUser {
  readonly name: string;
  /** In lower case. */
  readonly email: string;
  readonly passwordHash: string;
}

/**
 * In a workspace that was used without accounts, its only user gets the name, e-mail address and password, and so keeps everything that
 * was created before. Returns the user's id.
 */
export async function createOwner(connection: Connection, workspaceId: string, { name, email, passwordHash }: NewUser): Promise<string> {
  const local = await connection.membership.findFirst({ where: { workspaceId, role: "OWNER", user: { accounts: { none: {} } } } });
  const userId = local?.userId ?? `user_${randomUUID()}`;
  // Whoever holds the link can read the server's log, so the address needs no further proof.
  const profile = { name, email, emailVerified: true };
  await connection.user.upsert({ where: { id: userId }, create: { id: userId, ...profile }, update: profile });
  await connection.account.create({
    data: { id: `account_${randomUUID()}`, userId, providerId: "credential", accountId: userId, password: passwordHash },
  });
  if (local === null)
    await connection.membership.create({ data: { id: `membership_${randomUUID()}`, workspaceId, userId, role: "OWNER" } });
  return userId;
}
