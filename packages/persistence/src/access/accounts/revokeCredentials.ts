/** Ends what gives access to an account besides its password. */
import type { Connection } from "../../server/database/database.ts";

/** Codes, links for a new password and trusted devices of a user: better-auth stores them with the user's id as their value. */
export async function forgetCodes(connection: Connection, userId: string): Promise<void> {
  await connection.verification.deleteMany({ where: { value: userId } });
}

/** Ends all sessions except the one with this token. */
export async function endSessions(connection: Connection, userId: string, keptToken: string | null = null): Promise<void> {
  await connection.session.deleteMany({ where: { userId, ...(keptToken === null ? {} : { token: { not: keptToken } }) } });
}

/**
 * For an account whose password was just set by its address's holder, while the address was unproven: another person may have created it
 * with this address. Ends that person's sessions, other ways to sign in and second factor. The caller revokes the API keys, with entries in
 * the audit log.
 */
export async function takeOverAccount(connection: Connection, userId: string): Promise<void> {
  await endSessions(connection, userId);
  await connection.account.deleteMany({ where: { userId, providerId: { not: "credential" } } });
  await connection.twoFactor.deleteMany({ where: { userId } });
  await connection.user.update({ where: { id: userId }, data: { emailVerified: true, twoFactorEnabled: false } });
}
