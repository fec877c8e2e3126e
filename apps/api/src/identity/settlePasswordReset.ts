/** What follows from a password that was set by the link in an e-mail. */
import { forgetAttempts } from "@pareidolia/persistence/access/accounts/growingDelay";
import { endSessions, forgetCodes, takeOverAccount } from "@pareidolia/persistence/access/accounts/revokeCredentials";
import { endKeysOf } from "../apiKey/endKey.ts";
import { accessChoices } from "./accessChoices.ts";
import { writePasswordChangedEmail } from "./accountEmails.ts";
import { keyOfAccount, type LimitParts, resetEmails, signInAction } from "./limitAttempts.ts";

export interface ResetUser {
  readonly id: string;
  readonly email: string;
  readonly emailVerified: boolean;
}

/**
 * Runs once the new password is stored. The link proved the address, so strangers' attempts no longer count. Sessions and API keys end unless
 * the user chose to keep them, and in any case if the address was unproven until now. Older codes and links always end.
 */
export async function settlePasswordReset(
  parts: LimitParts,
  user: ResetUser,
  { publicUrl, clientAddress }: { readonly publicUrl: URL; readonly clientAddress: string | undefined },
): Promise<void> {
  const choices = user.emailVerified ? accessChoices() : { endSessions: true, revokeKeys: true };
  const attempts = [signInAction, resetEmails.action].map((action) => keyOfAccount(parts, action, user.email));
  await parts.database.transaction(async ({ connection }) => {
    await forgetAttempts(connection, attempts);
    await forgetCodes(connection, user.id);
    if (choices.endSessions) await endSessions(connection, user.id);
    if (!user.emailVerified) await takeOverAccount(connection, user.id);
    await writePasswordChangedEmail(connection, { to: user.email, publicUrl, ...choices });
    if (choices.revokeKeys) await endKeysOf(connection, { userId: user.id, clientAddress });
  });
}
