/** Creates users with a password. */
import { randomUUID } from "node:crypto";
import type { Connection } from "../../server/database/database.ts";
import { refuseTakenEmail } from "./refuseTakenEmail.ts";

export interface NewUser {
  readonly name: string;
  /** In lower case. */
  readonly email: string;
  /** Whether the user got here by a link that only the address's holder could read. */
  readonly emailVerified: boolean;
  readonly passwordHash: string;
}

export interface NewOwner extends NewUser {
  /** Undefined keeps the workspace's name. */
  readonly workspaceName: string | undefined;
}

async function setCredentials(connection: Connection, userId: string, { passwordHash, ...profile }: NewUser): Promise<void> {
  await refuseTakenEmail(connection.user.upsert({ where: { id: userId }, create: { id: userId, ...profile }, update: profile }));
  await connection.account.create({
    data: { id: `account_${randomUUID()}`, userId, providerId: "credential", accountId: userId, password: passwordHash },
  });
}

/** Returns the user's id. */
export async function createUser(connection: Connection, user: NewUser): Promise<string> {
  const userId = `user_${randomUUID()}`;
  await setCredentials(connection, userId, user);
  return userId;
}

/**
 * Creates the first owner of a workspace. In one that was used without accounts, its only user gets the name, e-mail address and password,
 * and so keeps everything that was created before. Returns the user's id.
 */
export async function createOwner(connection: Connection, workspaceId: string, { workspaceName, ...user }: NewOwner): Promise<string> {
  if (workspaceName !== undefined) await connection.workspace.update({ where: { id: workspaceId }, data: { name: workspaceName } });
  const local = await connection.membership.findFirst({ where: { workspaceId, role: "OWNER", user: { accounts: { none: {} } } } });
  if (local !== null) {
    await setCredentials(connection, local.userId, user);
    return local.userId;
  }
  const userId = await createUser(connection, user);
  await connection.membership.create({ data: { id: `membership_${randomUUID()}`, workspaceId, userId, role: "OWNER" } });
  return userId;
}

/** The id of the user with this address, in lower case; null if there is none. */
export async function findUserByEmail(connection: Connection, email: string): Promise<string | null> {
  return (await connection.user.findUnique({ where: { email }, select: { id: true } }))?.id ?? null;
}
