/**
 * Limits attempts to guess a password, a code or a token, and requests that send an e-mail: per account, so that many computers cannot
 * share the work, and per network of the client, so that one computer cannot try many accounts. With a `delay`, an account's attempts from one
 * network wait longer after each failure, and a device that the account's holder has used is counted apart from strangers.
 */

import { countDelayedAttempt, type GrowingDelay } from "@pareidolia/persistence/access/accounts/growingDelay";
import { countAttempt } from "@pareidolia/persistence/access/accounts/rateLimit";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { networkOf } from "@pareidolia/server/networkOf";
import { hashForLimits } from "./hashForLimits.ts";

export interface AttemptLimits {
  readonly windowSeconds: number;
  readonly perAccount: number;
  readonly perClient: number;
  /** For an account's attempts from one network or one known device. */
  readonly delay?: GrowingDelay;
}

/** Two seconds before the sixth attempt, an hour before the seventeenth. */
export const guessDelay: GrowingDelay = { free: 5, firstSeconds: 2, maxSeconds: 3_600, resetSeconds: 7_200 };

export const attemptLimits: AttemptLimits = { windowSeconds: 300, perAccount: 10, perClient: 50 };
export const signInAction = "sign-in";
/** `perAccount` covers all networks, but no known device. A new password resets it. */
export const signInLimits: AttemptLimits = { ...attemptLimits, delay: guessDelay };
/** For requests that send an e-mail. */
export const emailRequestLimits: AttemptLimits = { windowSeconds: 3_600, perAccount: 5, perClient: 50 };
/** E-mails with a link for a new password, per account; each known device of the account can request as many. */
export const resetEmails = { action: "reset e-mail", windowSeconds: 1_800, max: 3 } as const;

export interface Attempt {
  /** What is attempted, such as "sign-in". */
  readonly action: string;
  /** The e-mail address that the client sent, or the id of the signed-in user, if any. */
  readonly account: string | null;
  readonly clientAddress: string;
  /** The name of a device that the account's holder has used; null for a stranger's. */
  readonly device?: string | null;
}

export function tooManyAttempts(secondsToWait: number): string {
  return `Too many attempts. Try again in ${secondsToWait === 1 ? "a second" : `${secondsToWait} seconds`}.`;
}

type AccountAttempt = Attempt & { readonly account: string };

export interface LimitParts {
  readonly database: Database;
  /** The installation's; null for a single user. */
  readonly secret: string | null;
}

const nameOf = (account: string): string => account.trim().toLowerCase().slice(0, 320);

/** Under which an account's attempts from all networks are counted. */
export function keyOfAccount({ secret }: LimitParts, action: string, account: string): string {
  return `${action} as ${hashForLimits(secret, nameOf(account))}`;
}

/** Under which an account's attempts from one known device or, without one, from one network are counted. */
export function keyOfSender({ secret }: LimitParts, { action, account, clientAddress, device }: AccountAttempt): string {
  const place = device == null ? `from ${networkOf(clientAddress)}` : `by ${device}`;
  return `${action} as ${hashForLimits(secret, `${nameOf(account)} ${place}`)}`;
}

/**
 * Counts the attempt. Returns the seconds to wait before the next one, or 0 if this one is allowed. What the
 * network's limit or delay refuses does not count towards the account's limit, so one network cannot use that up.
 */
export async function limitAttempts(
  parts: LimitParts,
  attempt: Attempt,
  { windowSeconds, perAccount, perClient, delay }: AttemptLimits = attemptLimits,
): Promise<number> {
  const { connection } = parts.database;
  const { action, account, clientAddress, device } = attempt;
  const count = async (key: string, limit: number): Promise<number> => {
    const { attempts, secondsLeft } = await countAttempt(connection, key, windowSeconds);
    return attempts > limit ? secondsLeft : 0;
  };
  const wait = async (): Promise<number> =>
    delay === undefined || account === null ? 0 : countDelayedAttempt(connection, keyOfSender(parts, { ...attempt, account }), delay);
  if (device != null) return wait();
  const ofNetwork = await count(`${action} from ${hashForLimits(parts.secret, networkOf(clientAddress))}`, perClient);
  const ofSender = ofNetwork > 0 ? ofNetwork : await wait();
  return ofSender > 0 || account === null ? ofSender : count(keyOfAccount(parts, action, account), perAccount);
}
