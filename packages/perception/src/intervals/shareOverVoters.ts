/**
 * A share of votes with its interval for other voters: votes of one voter are alike, so voters are the units. For shares of any kind of vote,
 * such as of one answer, or of those on some trials.
 */
import { type Undefined, undefinedBecause } from "../agreement/coefficient.ts";
import type { Bounds } from "./bounds.ts";
import { fewestClusters, shareOverClusters, whyWithoutClusters } from "./clusteredShare.ts";
import { clusterVariance } from "./twoWayVariance.ts";

/** Of each voter: votes that count towards the share, and all votes. Voters without votes may be among them. */
export interface VotesOfVoters {
  readonly agreeing: ArrayLike<number>;
  readonly votes: ArrayLike<number>;
}

export type ShareOverVoters =
  | { readonly share: number; readonly votes: number; readonly interval: ({ readonly defined: true } & Bounds) | Undefined }
  | Undefined;

/** @param reason why there is no share without votes. */
export function shareOverVoters({ agreeing, votes }: VotesOfVoters, reason: string, confidence = 0.95): ShareOverVoters {
  let [all, counted] = [0, 0];
  for (let voter = 0; voter < votes.length; voter++) {
    all += votes[voter] as number;
    counted += agreeing[voter] as number;
  }
  if (all === 0) return undefinedBecause(reason);
  const share = counted / all;
  const scores = Array.from(votes).flatMap((count, voter) => (count === 0 ? [] : [((agreeing[voter] as number) - share * count) / all]));
  const few = undefinedBecause(whyWithoutClusters("voters"));
  if (scores.length < fewestClusters) return { share, votes: all, interval: few };
  const { variance } = clusterVariance(scores);
  const bounds = shareOverClusters({ share, clusters: scores.length, votes: all, variance }, confidence);
  return { share, votes: all, interval: bounds === null ? few : { defined: true, ...bounds } };
}
