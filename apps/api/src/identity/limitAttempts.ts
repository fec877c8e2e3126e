/**
 * Limits attempts to guess a password, a code or a token, and requests that send an e-mail: per account, so that many computers cannot
 * share the work, and per network of the client, so that one computer cannot try many accounts.
 */
import { countAttempt } from "@pareidolia/persistence/accounts/rateLimit";
import type { Database } from "@pareidolia/persistence/database/database";
import { networkOf } from "../http/networkOf.ts";
import { hashForLimits } from "./hashForLimits.ts";

export interface AttemptLimits {
  readonly windowSeconds: number;
  readonly perAccount: number;
  readonly perClient: number;
}

export const attemptLimits: AttemptLimits = { windowSeconds: 300, perAccount: 10, perClient: 50 };
/** For requests that send an e-mail. */
export const emailRequestLimits: AttemptLimits = { windowSeconds: 3_600, perAccount: 5, perClient: 50 };

export interface Attempt {
  /** What is attempted, such as "sign-in". */
  readonly action: string;
  /** The e-mail address that the client sent, or the id of the signed-in user, if any. */
  readonly account: string | null;
  readonly clientAddress: string;
}

export interface LimitParts {
  readonly database: Database;
  /** The installation's; null for a single user. */
  readonly secret: string | null;
}

/** Counts the attempt. Returns the seconds to wait before the next one, or 0 if this one is allowed. */
export async function limitAttempts(
  { database: { connection }, secret }: LimitParts,
  { action, account, clientAddress }: Attempt,
  { windowSeconds, perAccount, perClient } = attemptLimits,
): Promise<number> {
  const limited: { readonly key: string; readonly limit: number }[] = [
    { key: `${action} from ${hashForLimits(secret, networkOf(clientAddress))}`, limit: perClient },
  ];
  if (account !== null)
    limited.push({ key: `${action} as ${hashForLimits(secret, account.trim().toLowerCase().slice(0, 320))}`, limit: perAccount });
  let secondsToWait = 0;
  for (const { key, limit } of limited) {
    const { attempts, secondsLeft } = await countAttempt(connection, key, windowSeconds);
    if (attempts > limit) secondsToWait = Math.max(secondsToWait, secondsLeft);
  }
  return secondsToWait;
}
