/** Limits the e-mails that owners cause, so that no owner floods a mailbox or the mail server. */
import { AppError } from "@pareidolia/core/appError";
import { countAttempt } from "@pareidolia/persistence/accounts/rateLimit";
import type { Database } from "@pareidolia/persistence/database/database";

/** `perRecipient` counts the e-mails of all workspaces to one address. */
export const emailLimits = { windowSeconds: 3_600, perRecipient: 5, perWorkspace: 100 } as const;

/** Counts the e-mail. @throws AppError RATE_LIMITED */
export async function limitEmails(
  { connection }: Database,
  { workspaceId, to }: { readonly workspaceId: string; readonly to: string },
): Promise<void> {
  const { windowSeconds, perRecipient, perWorkspace } = emailLimits;
  const counts = [
    { key: `e-mails to ${to.toLowerCase()}`, limit: perRecipient },
    { key: `e-mails of ${workspaceId}`, limit: perWorkspace },
  ];
  for (const { key, limit } of counts) {
    const { attempts, secondsLeft } = await countAttempt(connection, key, windowSeconds);
    if (attempts > limit)
      throw new AppError("RATE_LIMITED", `Too many e-mails were sent. Try again in ${Math.ceil(secondsLeft / 60)} minutes.`);
  }
}
