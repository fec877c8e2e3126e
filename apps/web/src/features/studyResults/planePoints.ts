/**
 * The dots of the plane as columns in the order of the study's images: machine confidence, votes, agreeing votes and their interval. They
 * come from the stored result, moved by the votes that arrived since.
 */
import { intervalOfShare, type ShareInterval } from "@pareidolia/perception/intervals/shareInterval";
import type { Population } from "@pareidolia/perception/study/results/figure";
import type { StudyResult } from "@pareidolia/perception/study/studyResults";

export type PlaneResult = StudyResult<"plane">;
type Shares = Extract<PlaneResult["planned"]["phases"][number]["shares"], { readonly defined: true }>;

export interface PlanePoints {
  readonly count: number;
  /** NaN for images without a confidence. */
  readonly confidence: Float64Array;
  /** Of each image, an index of `sources`. */
  readonly source: Uint8Array;
  readonly sources: readonly string[];
  readonly votes: Int32Array;
  readonly agreeing: Int32Array;
  readonly interval: ShareInterval;
  /** Over what the intervals generalise. */
  readonly over: Population;
  /** 95% interval; NaN without votes. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Counted votes on each image now, of all voters, by the image's index; missing for images without votes. */
export interface LiveCounts {
  readonly votes: readonly (number | undefined)[];
  readonly agreeing: readonly (number | undefined)[];
}

/** The dots as computed. */
export function computedPoints({ shared }: Pick<PlaneResult, "shared">, shares: Shares): PlanePoints {
  return {
    count: shared.confidence.length,
    confidence: Float64Array.from(shared.confidence, (confidence) => confidence ?? Number.NaN),
    source: Uint8Array.from(shared.source),
    sources: shared.sources,
    votes: Int32Array.from(shares.votes),
    agreeing: Int32Array.from(shares.agreeing),
    interval: shares.interval,
    over: shares.over,
    low: Float64Array.from(shares.low, (bound) => bound ?? Number.NaN),
    high: Float64Array.from(shares.high, (bound) => bound ?? Number.NaN),
  };
}

/**
 * The dots with the votes since the computation. Until the next computation, those of all voters count.
 * @param everyone the computed shares of all voters, from which the votes since then are counted.
 */
export function withVotesSince(computed: PlanePoints, everyone: Shares, live: LiveCounts): PlanePoints {
  const { count } = computed;
  const points: PlanePoints = {
    ...computed,
    votes: computed.votes.slice(),
    agreeing: computed.agreeing.slice(),
    low: computed.low.slice(),
    high: computed.high.slice(),
  };
  for (let image = 0; image < count; image++) {
    const moreVotes = (live.votes[image] ?? 0) - (everyone.votes[image] ?? 0);
    const moreAgreeing = (live.agreeing[image] ?? 0) - (everyone.agreeing[image] ?? 0);
    if (moreVotes === 0 && moreAgreeing === 0) continue;
    // A voter who withdrew may have been excluded, so that the votes as planned never had theirs.
    const votes = Math.max(0, (computed.votes[image] as number) + moreVotes);
    const agreeing = Math.min(votes, Math.max(0, (computed.agreeing[image] as number) + moreAgreeing));
    const interval = votes === 0 ? null : intervalOfShare(computed.interval, agreeing, votes);
    points.votes[image] = votes;
    points.agreeing[image] = agreeing;
    points.low[image] = interval?.low ?? Number.NaN;
    points.high[image] = interval?.high ?? Number.NaN;
  }
  return points;
}

/** The share of people who agree; NaN without votes. */
export function shareOf(points: Pick<PlanePoints, "votes" | "agreeing">, index: number): number {
  const votes = points.votes[index] as number;
  return votes === 0 ? Number.NaN : (points.agreeing[index] as number) / votes;
}
