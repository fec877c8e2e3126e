/**
 * A claim of the paper as data: its statement as bounds on measured intervals, the null hypotheses that have to be rejected, and what makes
 * our budget comparable with the paper's. `judgeClaim` reads all claims by the same rule, which docs/claims.md states.
 */
import type { Verdict } from "@pareidolia/core/verdicts";
import type { ExperimentResult } from "../experiments/experiment.ts";
import type { ReportRow } from "../report.ts";

export type Results = ReadonlyMap<string, ExperimentResult>;

/** Where the whole interval has to be. `between` leaves out its ends: some, but not all. */
export type Bounds =
  | { readonly atLeast: number }
  | { readonly above: number }
  | { readonly below: number }
  | { readonly between: readonly [number, number] };

/** The interval of each of these rows has to be within the bounds, which are the paper's statement. */
export interface Comparison {
  readonly rows: RegExp;
  readonly bounds: Bounds;
}

/** Each of these rows is a p, and has to be below the level. */
export interface NullHypothesis {
  readonly rows: RegExp;
  readonly level: number;
}

/** Our amount of computation, which an experiment reports in `ran`, is at least the paper's. */
interface Amount {
  readonly experiment: string;
  readonly name: string;
  readonly paper: number;
  /** A plural, such as "generations". */
  readonly unit: string;
}

/** What the search has made is ripe: each of these rows reaches a figure that is stated in advance and that the verdict does not depend on. */
interface Ripeness {
  readonly rows: RegExp;
  readonly atLeast: number;
  /** What the figure is, such as "median confidence". */
  readonly of: string;
}

/** Comparable if any of the conditions holds; never if none is given. */
export interface Budget {
  readonly amount?: Amount;
  readonly ripe?: Ripeness;
  /** Comparable as it is, and why; or never comparable, and why. */
  readonly same?: string;
  readonly different?: string;
}

export interface Claim {
  /** R0 for the abstract, R1 to R11 for the sections, with a letter if a part of the paper's claim is judged separately. */
  readonly id: string;
  readonly statement: string;
  /** The paper's result, with its section. */
  readonly paper: string;
  /** IDs of the experiments with its measurements. */
  readonly experiments: readonly string[];
  /** The independent unit that the intervals generalise over, as a plural. */
  readonly unit: string;
  readonly comparisons: readonly Comparison[];
  /** Null hypotheses, or the reason why the claim has none. */
  readonly nulls: readonly NullHypothesis[] | string;
  readonly budget: Budget;
  /** Set if only people can measure it: without a row, the verdict is "needs people". */
  readonly isAboutPeople?: true;
  /** Rows that are shown and do not affect the verdict. */
  readonly alsoShown?: readonly RegExp[];
  /** What a reader has to know beside the rule's sentence; a function writes the figures of the shown rows into it. */
  readonly note: string | ((rows: readonly ReportRow[], results: Results) => string);
}

export interface Judgement {
  readonly verdict: Verdict;
  /** Our numbers with their seeds, counts and intervals. */
  readonly ours: readonly ReportRow[];
  readonly reason: string;
}
