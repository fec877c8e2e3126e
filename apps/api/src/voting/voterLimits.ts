/**
 * Limits of voters without an account, per client address, and of attempts to guess a code. One statement counts and decides
 * (`limitAttempts`), so parallel requests cannot exceed a limit.
 */
import { createHmac } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { Database } from "@pareidolia/persistence/database/database";
import { networkOf } from "../http/networkOf.ts";
import { type AttemptLimits, limitAttempts } from "../identity/limitAttempts.ts";

const perHour = (perClient: number): AttemptLimits => ({ windowSeconds: 3_600, perAccount: perClient, perClient });

const codesPerHour = 30;
/** Of one study, also where few may join. */
const fewestVotesPerHour = 600;
/** Votes on each trial: an undone vote and the one that replaces it. */
const votesPerTrial = 2;

/** What a voter without an account attempts. Joins and votes count for each study by itself. */
export type VoterAttempt =
  | { readonly kind: "join"; readonly studyId: string; readonly joinsPerHour: number }
  | { readonly kind: "vote"; readonly studyId: string; readonly votesPerHour: number; readonly votes: number }
  | { readonly kind: "withdrawal" };

/** Enough for everyone who may join from one network within an hour to answer all trials. */
export function votesPerHour({ joinsPerHour, trials }: { readonly joinsPerHour: number; readonly trials: number }): number {
  return Math.max(fewestVotesPerHour, joinsPerHour * trials * votesPerTrial);
}

function limitOf(attempt: VoterAttempt): { action: string; limit: number; times: number; message: string } {
  switch (attempt.kind) {
    case "join": {
      const limit = attempt.joinsPerHour;
      const message = `This study accepts ${limit} new voters an hour from one network, and that many have joined.`;
      return { action: `study-join of ${attempt.studyId}`, limit, times: 1, message };
    }
    case "vote": {
      const message = "Too many votes came from this network.";
      return { action: `study-vote in ${attempt.studyId}`, limit: attempt.votesPerHour, times: attempt.votes, message };
    }
    case "withdrawal":
      return { action: "study-withdrawal", limit: codesPerHour, times: 1, message: "Too many codes were tried from this network." };
  }
}

/** @throws AppError RATE_LIMITED naming the time to wait. */
export async function limitVoter(
  database: Database,
  attempt: VoterAttempt,
  { clientAddress }: { readonly clientAddress?: string | undefined },
): Promise<void> {
  const { action, limit, times, message } = limitOf(attempt);
  const counted = { action, account: null, clientAddress: networkOf(clientAddress ?? "unknown"), times };
  const secondsToWait = await limitAttempts(database, counted, perHour(limit));
  if (secondsToWait > 0) throw new AppError("RATE_LIMITED", `${message} Try again in ${Math.ceil(secondsToWait / 60)} minutes.`);
}

/** Stored with a voter. The key is the secret of the study's link, so that addresses cannot be compared between studies. */
export function hashClient(clientAddress: string | undefined, linkToken: string | null): string {
  return createHmac("sha256", linkToken ?? "")
    .update(networkOf(clientAddress ?? "unknown"))
    .digest("hex");
}
