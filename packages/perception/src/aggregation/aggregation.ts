/**
 * The result of every aggregator: for each item, the probability that each answer is true; for each voter, a skill; both with 95%
 * intervals.
 */
import type { VoteTable } from "../voteTable.ts";
import type { AggregationWarning } from "./warnings.ts";

export interface Bounds {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export interface Aggregation {
  readonly answers: number;
  /** Items x answers; rows sum to 1. */
  readonly posterior: Float64Array;
  /** The most probable answer of each item; ties are broken by the seed. -1 without votes. */
  readonly label: Int32Array;
  /** Entropy of each item's posterior, in bits: 0 if certain. */
  readonly entropy: Float64Array;
  /**
   * 95% interval of the label's posterior probability, from the uncertainty of the voters' parameters (or, for the majority, of the share
   * of votes). NaN without votes. Null if it was not requested or cannot be computed.
   */
  readonly labelInterval: Bounds | null;
  /** Probability of a right answer, or as the model defines it; NaN without votes. */
  readonly skill: Float64Array;
  /** 95%. */
  readonly skillInterval: Bounds | null;
  readonly iterations: number;
  readonly converged: boolean;
  /** Reasons to doubt the result; empty for most votes. */
  readonly warnings: readonly AggregationWarning[];
}

export interface AggregateOptions {
  /** Default true. They cost about as much as the estimates. */
  readonly intervals?: boolean;
  /** Random starts, in addition to those derived from the votes. Default 0. */
  readonly randomStarts?: number;
  /** Of random starts, and of ties: the study's. Default 0. */
  readonly seed?: number;
}

export interface Aggregator {
  readonly id: string;
  readonly name: string;
  /** @throws AppError INVALID_INPUT as `checkVoteTable`, for fewer than two answers, or for votes that would take minutes. */
  aggregate(table: VoteTable, options?: AggregateOptions): Aggregation;
  /** The probability of a right answer of a voter with this skill. */
  chanceOfRight(skill: number, answers: number): number;
}
