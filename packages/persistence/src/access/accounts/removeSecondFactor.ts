/**
 * Removes the second factor of a user who lost both the authenticator app and the backup codes. Only the operator of the server can, since
 * a colleague could be deceived. Sessions and trusted devices end, as the reason may be a stolen phone; the password stays.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Database } from "../../server/database/database.ts";
import { appendAuditEntry } from "../audit/appendAuditEntry.ts";
import { endSessions, forgetCodes } from "./revokeCredentials.ts";
import { findWorkspaceIdsOfUser } from "./workspacesOfUser.ts";

/** @throws AppError NOT_FOUND for an unknown address; CONFLICT if the account has no second factor. */
export async function removeSecondFactor(database: Database, email: string): Promise<void> {
  await database.transaction(async ({ connection }) => {
    const user = await connection.user.findUnique({ where: { email: email.toLowerCase() }, select: { id: true, twoFactorEnabled: true } });
    if (user === null) throw new AppError("NOT_FOUND", `No account has the address ${email}. Check its spelling.`);
    if (user.twoFactorEnabled !== true) throw new AppError("CONFLICT", `The account ${email} has no second factor.`);
    await connection.twoFactor.deleteMany({ where: { userId: user.id } });
    await connection.user.update({ where: { id: user.id }, data: { twoFactorEnabled: false } });
    await forgetCodes(connection, user.id);
    await endSessions(connection, user.id);
    const subject = { subjectType: "User", subjectId: user.id };
    const change = { action: "member:disableSecondFactor", before: { secondFactor: true }, after: { secondFactor: false } };
    for (const workspaceId of await findWorkspaceIdsOfUser(connection, user.id))
      await appendAuditEntry(connection, { userId: null, workspaceId }, { ...change, ...subject });
  });
}
