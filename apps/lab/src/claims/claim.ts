/** A claim of the paper, the measurements for it, and the comparison of the two. */
import type { ExperimentResult } from "../experiments/experiment.ts";
import { type Bar, judge, noBar, type ReportRow } from "../report.ts";

export type Verdict = "agree" | "disagree" | "not comparable" | "undecided" | "not measured";

export interface Judgement {
  readonly verdict: Verdict;
  /** Our numbers with their seeds, counts and intervals. */
  readonly ours: readonly ReportRow[];
  readonly reason: string;
}

export interface Claim {
  /** R1 to R11, with a letter if a part of the paper's claim is judged separately. */
  readonly id: string;
  readonly statement: string;
  /** The paper's result, with its section. */
  readonly paper: string;
  /** IDs of the experiments with its measurements. */
  readonly experiments: readonly string[];
  judge(results: ReadonlyMap<string, ExperimentResult>): Judgement;
}

/** A claim can disagree on part of its experiments, but agrees only if all of them have a result. */
export function judgeClaim(claim: Claim, results: ReadonlyMap<string, ExperimentResult>): Judgement {
  const judged = claim.judge(new Map([...results].filter(([id]) => claim.experiments.includes(id))));
  const missing = claim.experiments.filter((id) => !results.has(id));
  if (missing.length === 0 || judged.verdict === "disagree") return judged;
  return { ...judged, verdict: "not measured", reason: `No result of: ${missing.join(", ")}.` };
}

export interface RowsOfClaim {
  /** IDs of the rows that determine the verdict. */
  readonly rows: readonly RegExp[];
  /** The claim's bar for each of these rows, if the experiment's bar is lower or absent. */
  readonly bar?: Bar;
  /** IDs of additional rows to show. */
  readonly alsoShown?: readonly RegExp[];
  /** A text, or a function that writes the figures of the shown rows and the amount of computation into it. */
  readonly reason: string | ((rows: readonly ReportRow[], results: ReadonlyMap<string, ExperimentResult>) => string);
}

interface GatheredRows {
  readonly deciding: readonly ReportRow[];
  /** The measured rows, deciding and additional. */
  readonly shown: readonly ReportRow[];
  readonly reason: string;
}

const notRun: Judgement = { verdict: "not measured", ours: [], reason: "The experiments did not run." };

/** Null if none of the deciding rows was measured. */
function gather(results: ReadonlyMap<string, ExperimentResult>, wanted: RowsOfClaim): GatheredRows | null {
  const { rows: ids, alsoShown = [], bar, reason } = wanted;
  const isOf = (patterns: readonly RegExp[], row: ReportRow): boolean => patterns.some((id) => id.test(row.id));
  const all = [...results.values()].flatMap(({ rows }) => rows);
  const judged = bar === undefined ? all : all.map((row) => (isOf(ids, row) ? judge({ ...row, bar, finding: true }) : row));
  const deciding = judged.filter((row) => isOf(ids, row));
  const shown = judged.filter((row) => row.figure !== null && isOf([...ids, ...alsoShown], row));
  if (!deciding.some((row) => row.figure !== null)) return null;
  return { deciding, shown, reason: typeof reason === "string" ? reason : reason(shown, results) };
}

/**
 * The claim agrees if all its rows meet their bars, and disagrees if a measured row misses its bar. Rows without a bar are shown but do
 * not affect the verdict, so at least one row needs a bar.
 */
export function judgeByRows(results: ReadonlyMap<string, ExperimentResult>, wanted: RowsOfClaim): Judgement {
  const found = gather(results, wanted);
  if (found === null) return notRun;
  const { deciding, shown: ours, reason } = found;
  if (deciding.some((row) => row.figure !== null && !row.holds)) return { verdict: "disagree", ours, reason };
  const barred = deciding.filter(({ bar }) => bar !== noBar);
  const missing = barred.filter(({ figure }) => figure === null).map(({ what, detail }) => `${what} (${detail})`);
  if (missing.length > 0) return { verdict: "not measured", ours, reason: `Not measured here: ${missing.join("; ")}.` };
  return { verdict: barred.length === 0 ? "not comparable" : "agree", ours, reason };
}

/**
 * Judges a claim about a direction by an interval: the claim agrees if the whole interval is above 0, and disagrees if it is below. An
 * interval that contains 0 leaves the claim undecided.
 */
export function judgeDirection(
  results: ReadonlyMap<string, ExperimentResult>,
  { low, high, alsoShown = [], reason }: Omit<RowsOfClaim, "rows" | "bar"> & { readonly low: RegExp; readonly high: RegExp },
): Judgement {
  const found = gather(results, { rows: [low, high], alsoShown, reason });
  const end = (id: RegExp): number | null => found?.deciding.find((row) => id.test(row.id))?.figure ?? null;
  const [lowest, highest] = [end(low), end(high)];
  if (found === null || lowest === null || highest === null) return notRun;
  if (lowest > 0) return { verdict: "agree", ours: found.shown, reason: found.reason };
  if (highest < 0) return { verdict: "disagree", ours: found.shown, reason: found.reason };
  return { verdict: "undecided", ours: found.shown, reason: `The interval contains 0, so the direction is undecided. ${found.reason}` };
}

/** Shows the figures without judging them, since the network or the budget differs from the paper's. */
export function notComparable(results: ReadonlyMap<string, ExperimentResult>, wanted: RowsOfClaim): Judgement {
  const found = gather(results, wanted);
  return found === null ? notRun : { verdict: "not comparable", ours: found.shown, reason: found.reason };
}
