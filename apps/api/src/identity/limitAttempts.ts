/**
 * Limits attempts to guess a password or a token: per e-mail address, so that many computers cannot share the work, and per client
 * address, so that one computer cannot try many accounts.
 */
import { countAttempt } from "@pareidolia/persistence/accounts/rateLimit";
import type { Database } from "@pareidolia/persistence/database/database";

export const attemptLimits = { windowSeconds: 300, perAccount: 10, perClient: 50 } as const;

export interface Attempt {
  /** What is attempted, such as "sign-in". */
  readonly action: string;
  /** The e-mail address that the client sent, if any. */
  readonly email: string | null;
  readonly clientAddress: string;
}

/** Counts the attempt. Returns the seconds to wait before the next one, or 0 if this one is allowed. */
export async function limitAttempts({ connection }: Database, { action, email, clientAddress }: Attempt): Promise<number> {
  const { windowSeconds, perAccount, perClient } = attemptLimits;
  const limited: { readonly key: string; readonly limit: number }[] = [{ key: `${action} from ${clientAddress}`, limit: perClient }];
  if (email !== null) limited.push({ key: `${action} as ${email.toLowerCase().slice(0, 320)}`, limit: perAccount });
  let secondsToWait = 0;
  for (const { key, limit } of limited) {
    const { attempts, secondsLeft } = await countAttempt(connection, key, windowSeconds);
    if (attempts > limit) secondsToWait = Math.max(secondsToWait, secondsLeft);
  }
  return secondsToWait;
}
