/** Limits the e-mails that owners cause, so that no owner floods a mailbox or the mail server. */
import { AppError } from "@pareidolia/core/appError";
import { countAttempt } from "@pareidolia/persistence/access/accounts/rateLimit";
import type { Database } from "@pareidolia/persistence/server/database/database";

/**
 * E-mails per hour. `perPair` limits a sender's e-mails to one address and `perRecipient` everyone's to it, both across workspaces. The first
 * is smaller, so no sender can use up an address's limit alone.
 */
export const emailLimits = { windowSeconds: 3_600, perPair: 3, perRecipient: 10, perSender: 100, perWorkspace: 100 } as const;

/** Counts the e-mail. @throws AppError RATE_LIMITED */
export async function limitEmails(
  { connection }: Database,
  { workspaceId, senderId, to }: { readonly workspaceId: string; readonly senderId: string; readonly to: string },
): Promise<void> {
  const { windowSeconds, perPair, perRecipient, perSender, perWorkspace } = emailLimits;
  const address = to.toLowerCase();
  const counts = [
    { key: `e-mails of ${senderId}`, limit: perSender },
    { key: `e-mails of ${workspaceId}`, limit: perWorkspace },
    { key: `e-mails of ${senderId} to ${address}`, limit: perPair },
    { key: `e-mails to ${address}`, limit: perRecipient },
  ];
  for (const { key, limit } of counts) {
    const { attempts, secondsLeft } = await countAttempt(connection, key, windowSeconds);
    if (attempts > limit)
      throw new AppError("RATE_LIMITED", `Too many e-mails were sent. Try again in ${Math.ceil(secondsLeft / 60)} minutes.`);
  }
}
