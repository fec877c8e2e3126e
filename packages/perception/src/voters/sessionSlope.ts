/**
 * Whether agreement changes over the session, by practice or fatigue: the slope of agreement on the trial's number within voters (each
 * voter's own mean removed), with a standard error clustered by voter (Liang & Zeger 1986; the factor G / (G - 1) and t with G - 1
 * degrees of freedom as in Cameron & Miller 2015).
 */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { type CountedVotes, none } from "../countedVotes.ts";
import { studentCriticalValue, studentTwoSidedP } from "../numbers/studentDistribution.ts";

export interface SessionSlope {
  /** Change of the share that agrees, for one trial. */
  readonly slope: Interval;
  /** Two-sided. */
  readonly p: number;
  /** Voters whose votes contribute. */
  readonly voters: number;
}

type Columns = Pick<CountedVotes, "voters" | "voter" | "agrees" | "trial">;

/** @returns null if fewer than two voters have votes at two trials, or every residual is 0. */
export function sessionSlope({ voters, voter, agrees, trial }: Columns, confidence = 0.95): SessionSlope | null {
  const count = new Float64Array(voters);
  const trials = new Float64Array(voters);
  const agreeing = new Float64Array(voters);
  const add = (column: Float64Array, index: number, value: number): void => {
    column[index] = (column[index] as number) + value;
  };
  const each = (visit: (who: number, at: number, value: number) => void): void => {
    for (let v = 0; v < voter.length; v++) if (agrees[v] !== none) visit(voter[v] as number, trial[v] as number, agrees[v] as number);
  };
  each((who, at, value) => {
    add(count, who, 1);
    add(trials, who, at);
    add(agreeing, who, value);
  });
  const mean = (sums: Float64Array, who: number): number => (sums[who] as number) / (count[who] as number);
  const spread = new Float64Array(voters);
  const covariance = new Float64Array(voters);
  each((who, at, value) => {
    const x = at - mean(trials, who);
    add(spread, who, x * x);
    add(covariance, who, x * (value - mean(agreeing, who)));
  });
  const total = spread.reduce((sum, value) => sum + value, 0);
  const clusters = spread.filter((value) => value > 0).length;
  if (clusters < 2) return null;
  const slope = covariance.reduce((sum, value) => sum + value, 0) / total;
  const meat = covariance.reduce((sum, value, who) => sum + (value - slope * (spread[who] as number)) ** 2, 0);
  const error = Math.sqrt((meat * clusters) / (clusters - 1)) / total;
  if (!(error > 0)) return null;
  const half = studentCriticalValue(confidence, clusters - 1) * error;
  return {
    // A share changes by at most 1 from one trial to the next.
    slope: { estimate: slope, low: Math.max(-1, slope - half), high: Math.min(1, slope + half) },
    p: studentTwoSidedP(slope / error, clusters - 1),
    voters: clusters,
  };
}

/**
 * The slope of one voter: ordinary least squares, with t on n - 2 degrees of freedom for n votes.
 * @returns null for fewer than three votes, votes at one trial only, or no residual.
 */
export function voterSlope({ agrees, trial }: Pick<CountedVotes, "agrees" | "trial">, confidence = 0.95): SessionSlope | null {
  const points = Array.from(agrees, (value, vote) => ({ x: trial[vote] as number, y: value })).filter(({ y }) => y !== none);
  const count = points.length;
  if (count < 3) return null;
  const mean = (name: "x" | "y"): number => points.reduce((sum, point) => sum + point[name], 0) / count;
  const centre = { x: mean("x"), y: mean("y") };
  const spread = points.reduce((sum, { x }) => sum + (x - centre.x) ** 2, 0);
  const slope = points.reduce((sum, { x, y }) => sum + (x - centre.x) * (y - centre.y), 0) / spread;
  const residual = points.reduce((sum, { x, y }) => sum + (y - centre.y - slope * (x - centre.x)) ** 2, 0);
  const error = Math.sqrt(residual / (count - 2) / spread);
  if (!(error > 0)) return null;
  const half = studentCriticalValue(confidence, count - 2) * error;
  return {
    slope: { estimate: slope, low: Math.max(-1, slope - half), high: Math.min(1, slope + half) },
    p: studentTwoSidedP(slope / error, count - 2),
    voters: 1,
  };
}
