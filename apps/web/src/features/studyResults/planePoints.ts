/**
 * The dots of the plane as columns in the order of the study's images: machine confidence, votes, agreeing votes and Wilson's interval. They
 * come from the stored result, moved by the votes that arrived since.
 */
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import type { StudyResult } from "@pareidolia/perception/study/studyResults";

export type PlaneResult = StudyResult<"plane">;
export type PlaneSide = PlaneResult["planned"];
export type PlanePhase = PlaneSide["phases"][number];
type Shares = Extract<PlanePhase["shares"], { readonly defined: true }>;

export interface PlanePoints {
  readonly count: number;
  /** NaN for images without a confidence. */
  readonly confidence: Float64Array;
  /** Of each image, an index of `sources`. */
  readonly source: Uint8Array;
  readonly sources: readonly string[];
  readonly votes: Int32Array;
  readonly agreeing: Int32Array;
  /** Wilson's 95% interval; NaN without votes. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Counted votes on each image now, of all voters. */
export interface LiveCounts {
  readonly votes: ReadonlyMap<number, number>;
  readonly agreeing: ReadonlyMap<number, number>;
}

/** @param everyone the shares of all voters, from which the votes since the computation are counted. */
export function planePoints(
  { shared }: Pick<PlaneResult, "shared">,
  shares: Shares,
  everyone: Shares,
  live: LiveCounts | null,
): PlanePoints {
  const count = shared.confidence.length;
  const points: PlanePoints = {
    count,
    confidence: Float64Array.from(shared.confidence, (confidence) => confidence ?? Number.NaN),
    source: Uint8Array.from(shared.source),
    sources: shared.sources,
    votes: Int32Array.from(shares.votes),
    agreeing: Int32Array.from(shares.agreeing),
    low: Float64Array.from(shares.low, (bound) => bound ?? Number.NaN),
    high: Float64Array.from(shares.high, (bound) => bound ?? Number.NaN),
  };
  if (live !== null) for (const index of live.votes.keys()) movePoint(points, index, shares, everyone, live);
  return points;
}

/** Counts the votes since the computation on one image. Until the next computation, those of all voters count. */
export function movePoint(points: PlanePoints, index: number, shares: Shares, everyone: Shares, live: LiveCounts): void {
  if (index < 0 || index >= points.count) return;
  const moreVotes = (live.votes.get(index) ?? 0) - (everyone.votes[index] ?? 0);
  const moreAgreeing = (live.agreeing.get(index) ?? 0) - (everyone.agreeing[index] ?? 0);
  if (moreVotes === 0 && moreAgreeing === 0) return;
  // A voter who withdrew may have been excluded, so that the votes as planned never had theirs.
  const votes = Math.max(0, (shares.votes[index] ?? 0) + moreVotes);
  const agreeing = Math.min(votes, Math.max(0, (shares.agreeing[index] ?? 0) + moreAgreeing));
  const interval = votes === 0 ? null : wilsonInterval(agreeing, votes);
  points.votes[index] = votes;
  points.agreeing[index] = agreeing;
  points.low[index] = interval?.low ?? Number.NaN;
  points.high[index] = interval?.high ?? Number.NaN;
}

/** The share of people who agree; NaN without votes. */
export function shareOf(points: Pick<PlanePoints, "votes" | "agreeing">, index: number): number {
  const votes = points.votes[index] as number;
  return votes === 0 ? Number.NaN : (points.agreeing[index] as number) / votes;
}
