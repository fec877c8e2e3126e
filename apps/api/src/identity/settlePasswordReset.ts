/** What follows from a password that was set by the link in an e-mail. */
import { forgetCodes, takeOverAccount } from "@pareidolia/persistence/accounts/revokeCredentials";
import type { Database } from "@pareidolia/persistence/database/database";
import { writePasswordChangedEmail } from "./accountEmails.ts";

export interface ResetUser {
  readonly id: string;
  readonly email: string;
  readonly emailVerified: boolean;
}

/** After the new password is stored and all sessions are ended: the link proved the address, and older codes and links end. */
export async function settlePasswordReset(database: Database, user: ResetUser, publicUrl: URL): Promise<void> {
  await database.transaction(async ({ connection }) => {
    await forgetCodes(connection, user.id);
    if (!user.emailVerified) await takeOverAccount(connection, user.id);
    await writePasswordChangedEmail(connection, { to: user.email, publicUrl });
  });
}
