/**
 * Limits attempts to guess a password, a code or a token, and requests that send an e-mail: per account, so that many computers cannot
 * share the work, and per network of the client, so that one computer cannot try many accounts. Where a delay is stated, an account's
 * attempts from one network wait longer after each, and those from a device that its holder has used are counted apart from strangers'.
 */
import { countDelayedAttempt, type GrowingDelay } from "@pareidolia/persistence/accounts/growingDelay";
import { countAttempt } from "@pareidolia/persistence/accounts/rateLimit";
import type { Database } from "@pareidolia/persistence/database/database";
import { networkOf } from "../http/networkOf.ts";
import { hashForLimits } from "./hashForLimits.ts";

export interface AttemptLimits {
  readonly windowSeconds: number;
  readonly perAccount: number;
  readonly perClient: number;
  /** For each pair of an account and a network, and for each known device. */
  readonly delay?: GrowingDelay;
}

/** Two seconds after the sixth attempt, an hour after the seventeenth. */
export const guessDelay: GrowingDelay = { free: 5, firstSeconds: 2, longestSeconds: 3_600, forgottenAfterSeconds: 7_200 };

export const attemptLimits: AttemptLimits = { windowSeconds: 300, perAccount: 10, perClient: 50 };
/** `perAccount` is for all networks together, without known devices; the holder of the address gets past it by choosing a new password. */
export const signInLimits: AttemptLimits = { ...attemptLimits, delay: guessDelay };
/** For requests that send an e-mail. */
export const emailRequestLimits: AttemptLimits = { windowSeconds: 3_600, perAccount: 5, perClient: 50 };
/** E-mails with a link for a new password, to each account; a known device of the account has as many of its own. */
export const resetEmails = { action: "reset e-mail", windowSeconds: 1_800, most: 3 } as const;

export interface Attempt {
  /** What is attempted, such as "sign-in". */
  readonly action: string;
  /** The e-mail address that the client sent, or the id of the signed-in user, if any. */
  readonly account: string | null;
  readonly clientAddress: string;
  /** The name of a device that the account's holder has used; null for a stranger's. */
  readonly device?: string | null;
}

export interface LimitParts {
  readonly database: Database;
  /** The installation's; null for a single user. */
  readonly secret: string | null;
}

/** The names under which an attempt is counted. */
export function limitKeys({ secret }: LimitParts, { action, account, clientAddress, device }: Attempt) {
  const hash = (text: string): string => hashForLimits(secret, text);
  const network = networkOf(clientAddress);
  const name = account?.trim().toLowerCase().slice(0, 320);
  return {
    client: `${action} from ${hash(network)}`,
    account: name === undefined ? null : `${action} as ${hash(name)}`,
    pair: name === undefined ? null : `${action} as ${hash(`${name} from ${network}`)}`,
    device: device == null ? null : `${action} by ${hash(device)}`,
  };
}

/**
 * Counts the attempt. Returns the seconds to wait before the next one, or 0 if this one is allowed. An attempt that one limit refuses is not
 * counted by those after it, so a single network cannot use up the limit of an account.
 */
export async function limitAttempts(
  parts: LimitParts,
  attempt: Attempt,
  { windowSeconds, perAccount, perClient, delay }: AttemptLimits = attemptLimits,
): Promise<number> {
  const { connection } = parts.database;
  const { client, account, pair, device } = limitKeys(parts, attempt);
  if (delay !== undefined && device !== null) return countDelayedAttempt(connection, device, delay);
  const count = async (key: string, limit: number): Promise<number> => {
    const { attempts, secondsLeft } = await countAttempt(connection, key, windowSeconds);
    return attempts > limit ? secondsLeft : 0;
  };
  const ofClient = await count(client, perClient);
  if (ofClient > 0 || account === null || pair === null) return ofClient;
  const ofPair = delay === undefined ? 0 : await countDelayedAttempt(connection, pair, delay);
  return ofPair > 0 ? ofPair : count(account, perAccount);
}
