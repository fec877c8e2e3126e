/**
 * The agreement of a whole study, with an interval that generalises to other people and other images: votes of one voter are correlated,
 * and so are votes on one image, so neither votes nor people alone can be treated as independent.
 *
 * Voters and images are resampled separately (crossed bootstrap), on the logit scale. Resampling both at once counts the variance of single
 * votes three times (Owen 2007, "The pigeonhole bootstrap"), so the sum of the two deviations is scaled to the two-way variance
 * V = V_voters + V_images - V_votes of Cameron, Gelbach & Miller (2011, "Robust inference with multiway clustering"). The interval uses
 * Student's t with Satterthwaite's degrees of freedom (1946) instead of the normal quantile, since there may be few voters or images.
 */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { normalQuantile } from "@pareidolia/analysis/normalQuantile";
import { quantileOfSorted } from "@pareidolia/analysis/quantile";
import { AppError } from "@pareidolia/core/appError";
import { Purpose, Random } from "@pareidolia/core/random";
import type { Tally } from "../images/imageTally.ts";
import { exactInterval } from "../intervals/exactInterval.ts";
import { studentCriticalValue } from "../numbers/studentDistribution.ts";
import { clusterVariance, twoWayVariance } from "./twoWayVariance.ts";

export interface TotalAgreementOptions {
  readonly seed: number;
  /** Default 2,000. */
  readonly resamples?: number;
  /** Default .95. */
  readonly confidence?: number;
}

export interface TotalAgreement {
  readonly agreement: Interval;
  readonly votes: number;
  /** Voters and images with votes. */
  readonly voters: number;
  readonly images: number;
  /** Standard errors from voters, images and single votes; the total is that of all three. */
  readonly standardError: { readonly voters: number; readonly images: number; readonly votes: number; readonly total: number };
}

/** Votes of one voter, or on one image. */
interface Cluster {
  readonly agreeing: number;
  readonly votes: number;
}

function clustersOf({ agreeing, votes }: Tally): Cluster[] {
  return Array.from(votes, (count, index) => ({ votes: count, agreeing: agreeing[index] as number })).filter(
    (cluster) => cluster.votes > 0,
  );
}

/** The two-way variance of the share. */
function varianceOfShare(voters: readonly Cluster[], images: readonly Cluster[], share: number, votes: number) {
  const residuals = (clusters: readonly Cluster[]): number[] =>
    clusters.map((cluster) => (cluster.agreeing - share * cluster.votes) / votes);
  const [byVoter, byImage] = [clusterVariance(residuals(voters)), clusterVariance(residuals(images))];
  const ofVotes = (share * (1 - share)) / (votes - 1);
  return {
    voters: byVoter,
    images: byImage,
    votes: ofVotes,
    ...twoWayVariance([byVoter, byImage], { variance: ofVotes, freedom: votes - 1 }),
  };
}

const logit = (p: number): number => Math.log(p / (1 - p));

/** Deviations of the resampled logit from that of the sample; half a vote is added on each side. */
function deviations(clusters: readonly Cluster[], seed: number, stream: number, resamples: number): Float64Array {
  const smoothed = (agreeing: number, votes: number): number => logit((agreeing + 0.5) / (votes + 1));
  const all = clusters.reduce((sum, { agreeing, votes }) => ({ agreeing: sum.agreeing + agreeing, votes: sum.votes + votes }));
  const centre = smoothed(all.agreeing, all.votes);
  // Columns, since random reads of 50,000 objects take most of the time.
  const agreeingOf = Int32Array.from(clusters, (cluster) => cluster.agreeing);
  const votesOf = Int32Array.from(clusters, (cluster) => cluster.votes);
  return Float64Array.from({ length: resamples }, (_, index) => {
    const random = new Random({ seed, generation: stream, index, purpose: Purpose.RESAMPLE });
    let agreeing = 0;
    let votes = 0;
    for (let draw = 0; draw < votesOf.length; draw++) {
      const cluster = random.below(votesOf.length);
      agreeing += agreeingOf[cluster] as number;
      votes += votesOf[cluster] as number;
    }
    return smoothed(agreeing, votes) - centre;
  });
}

/**
 * @param byVoter and `byImage` are tallies of the same votes.
 * If all votes agree or none does, the interval is the exact one for as many votes as the smaller of the numbers of voters and images.
 * @throws AppError INVALID_INPUT for fewer than two voters or two images with votes, or tallies of different votes.
 */
export function totalAgreement(byVoter: Tally, byImage: Tally, options: TotalAgreementOptions): TotalAgreement {
  const { seed, resamples = 2000, confidence = 0.95 } = options;
  const [voters, images] = [clustersOf(byVoter), clustersOf(byImage)];
  if (voters.length < 2 || images.length < 2)
    throw new AppError("INVALID_INPUT", "The interval of the total agreement needs at least two voters and two images with votes.");
  const count = (clusters: readonly Cluster[], name: keyof Cluster): number => clusters.reduce((sum, cluster) => sum + cluster[name], 0);
  const votes = count(voters, "votes");
  const agreeing = count(voters, "agreeing");
  if (votes !== count(images, "votes") || agreeing !== count(images, "agreeing"))
    throw new AppError("INVALID_INPUT", "The tallies by voter and by image must be of the same votes.");
  const share = agreeing / votes;
  const variance = varianceOfShare(voters, images, share, votes);
  const described = {
    votes,
    voters: voters.length,
    images: images.length,
    standardError: {
      voters: Math.sqrt(variance.voters.variance),
      images: Math.sqrt(variance.images.variance),
      votes: Math.sqrt(variance.votes),
      total: Math.sqrt(variance.total),
    },
  };
  const smaller = Math.min(voters.length, images.length);
  if (variance.total === 0) return { ...described, agreement: exactInterval(share * smaller, smaller, confidence) };
  const fromImages = deviations(images, seed, 1, resamples);
  const sums = deviations(voters, seed, 0, resamples).map((deviation, index) => deviation + (fromImages[index] as number));
  const spread = Math.sqrt(sums.reduce((sum, deviation) => sum + deviation ** 2, 0) / resamples);
  // On the logit scale, a small change of a share p is 1 / (p (1 - p)) times as large.
  const wanted = Math.sqrt(variance.total) / (share * (1 - share));
  const scale = (wanted / spread) * (studentCriticalValue(confidence, variance.freedom) / normalQuantile((1 + confidence) / 2));
  sums.sort();
  const at = (probability: number): number => 1 / (1 + Math.exp(-(logit(share) + scale * quantileOfSorted(sums, probability))));
  const tail = (1 - confidence) / 2;
  return { ...described, agreement: { estimate: share, low: at(tail), high: at(1 - tail) } };
}
