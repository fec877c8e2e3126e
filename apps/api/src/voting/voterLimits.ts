/**
 * Limits of voters without an account: joins and attempts to guess a code per network of the client, votes per voter. One statement counts and
 * decides, so parallel requests cannot exceed a limit. Networks are counted under keyed hashes.
 */
import { AppError } from "@pareidolia/core/appError";
import { countAttempt } from "@pareidolia/persistence/access/accounts/rateLimit";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { joinAttempts, voteAttempts } from "@pareidolia/persistence/studies/voting/voterAttempts";
import { networkOf } from "@pareidolia/server/networkOf";
import { hashForLimits } from "../identity/hashForLimits.ts";

const windowSeconds = 3_600;
const codesPerHour = 30;
/** Also where a session has few trials. */
const fewestVotesPerHour = 600;
/** Votes on each trial: an undone vote and the one that replaces it. */
const votesPerTrial = 2;

/** What a voter without an account attempts. `client` is a name that `nameClient` gave. */
export type VoterAttempt =
  | { readonly kind: "join"; readonly studyId: string; readonly client: string; readonly joinsPerHour: number }
  | { readonly kind: "vote"; readonly studyId: string; readonly voterId: string; readonly trials: number; readonly votes: number }
  | { readonly kind: "withdrawal"; readonly client: string };

/**
 * The name of the sender's network in the counts of a study, or of all studies: networks cannot be compared between studies.
 * @param secret the installation's; null for a single user.
 */
export function nameClient(secret: string | null, clientAddress: string | undefined, studyId = ""): string {
  return hashForLimits(secret, `${studyId} ${networkOf(clientAddress ?? "unknown")}`);
}

export function withdrawalAttempts(client: string): string {
  return `study-withdrawal from ${client}`;
}

function limitOf(attempt: VoterAttempt): { key: string; limit: number; times: number; message: string } {
  switch (attempt.kind) {
    case "join": {
      const { studyId, client, joinsPerHour: limit } = attempt;
      const message = `This study accepts ${limit} new voters an hour from one network, and that many have joined.`;
      return { key: joinAttempts(studyId, client), limit, times: 1, message };
    }
    case "vote": {
      const { studyId, voterId, trials, votes } = attempt;
      const limit = Math.max(fewestVotesPerHour, trials * votesPerTrial);
      return { key: voteAttempts(studyId, voterId), limit, times: votes, message: "You sent too many votes." };
    }
    case "withdrawal":
      return {
        key: withdrawalAttempts(attempt.client),
        limit: codesPerHour,
        times: 1,
        message: "Too many codes were tried from this network.",
      };
  }
}

/** @throws AppError RATE_LIMITED naming the time to wait. */
export async function limitVoter(connection: Connection, attempt: VoterAttempt): Promise<void> {
  const { key, limit, times, message } = limitOf(attempt);
  const { attempts, secondsLeft } = await countAttempt(connection, key, windowSeconds, times);
  if (attempts > limit) throw new AppError("RATE_LIMITED", `${message} Try again in ${Math.ceil(secondsLeft / 60)} minutes.`);
}
