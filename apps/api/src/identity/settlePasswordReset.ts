/** What follows from a password that was set by the link in an e-mail. */

import { forgetAttempts } from "@pareidolia/persistence/accounts/growingDelay";
import { endSessions, forgetCodes, takeOverAccount } from "@pareidolia/persistence/accounts/revokeCredentials";
import { endKeysOf } from "../apiKey/endKey.ts";
import { accessChoices } from "./accessChoices.ts";
import { writePasswordChangedEmail } from "./accountEmails.ts";
import { type LimitParts, limitKeys, resetEmails } from "./limitAttempts.ts";

export interface ResetUser {
  readonly id: string;
  readonly email: string;
  readonly emailVerified: boolean;
}

/**
 * After the new password is stored: the link proved the address, sessions and API keys end unless the person chose to keep them, older codes
 * and links end in any case, and strangers who have used up the account's attempts no longer keep its holder out.
 */
export async function settlePasswordReset(
  parts: LimitParts,
  user: ResetUser,
  { publicUrl, clientAddress }: { readonly publicUrl: URL; readonly clientAddress: string | undefined },
): Promise<void> {
  const choices = accessChoices();
  const attempts = ["sign-in", resetEmails.action].flatMap((action) => {
    const { account } = limitKeys(parts, { action, account: user.email, clientAddress: "unknown" });
    return account === null ? [] : [account];
  });
  await parts.database.transaction(async ({ connection }) => {
    await forgetAttempts(connection, attempts);
    await forgetCodes(connection, user.id);
    if (choices.endSessions) await endSessions(connection, user.id);
    if (!user.emailVerified) await takeOverAccount(connection, user.id);
    await writePasswordChangedEmail(connection, { to: user.email, publicUrl, ...choices });
    if (choices.revokeKeys) await endKeysOf(connection, { userId: user.id, clientAddress });
  });
}
