/** A claim of the paper, what is measured for it here, and how the two compare. */
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
  /** R1 to R11; with a letter where a part of the paper's claim is judged on its own. */
  readonly id: string;
  readonly statement: string;
  /** What the paper reports, and where. */
  readonly paper: string;
  /** Experiments whose results it needs. */
  readonly experiments: readonly string[];
  judge(results: ReadonlyMap<string, ExperimentResult>): Judgement;
}

/** Some of what a claim needs can make it disagree, but not agree: for that every one of its experiments has to have a result. */
export function judgeClaim(claim: Claim, results: ReadonlyMap<string, ExperimentResult>): Judgement {
  const judged = claim.judge(new Map([...results].filter(([id]) => claim.experiments.includes(id))));
  const missing = claim.experiments.filter((id) => !results.has(id));
  if (missing.length === 0 || judged.verdict === "disagree") return judged;
  return { ...judged, verdict: "not measured", reason: `No result of: ${missing.join(", ")}.` };
}

export interface RowsOfClaim {
  /** Ids of the rows that decide. */
  readonly rows: readonly RegExp[];
  /** What the claim asks of each of them, where the experiment asks less or nothing. */
  readonly bar?: Bar;
  /** Ids of rows that are shown beside them. */
  readonly beside?: readonly RegExp[];
  /** In words, or made of all these rows where it says what was run and found. */
  readonly reason: string | ((rows: readonly ReportRow[], results: ReadonlyMap<string, ExperimentResult>) => string);
}

interface GatheredRows {
  readonly deciding: readonly ReportRow[];
  /** Those that were measured, and what stands beside them. */
  readonly shown: readonly ReportRow[];
  readonly reason: string;
}

const notRun: Judgement = { verdict: "not measured", ours: [], reason: "The experiments did not run here." };

/** Null when none of the rows that decide was measured. */
function gather(results: ReadonlyMap<string, ExperimentResult>, wanted: RowsOfClaim): GatheredRows | null {
  const { rows: ids, beside = [], bar, reason } = wanted;
  const isOf = (patterns: readonly RegExp[], row: ReportRow): boolean => patterns.some((id) => id.test(row.id));
  const all = [...results.values()].flatMap(({ rows }) => rows);
  const asked = bar === undefined ? all : all.map((row) => (isOf(ids, row) ? judge({ ...row, bar, finding: true }) : row));
  const deciding = asked.filter((row) => isOf(ids, row));
  const shown = asked.filter((row) => row.figure !== null && isOf([...ids, ...beside], row));
  if (!deciding.some((row) => row.figure !== null)) return null;
  return { deciding, shown, reason: typeof reason === "string" ? reason : reason(shown, results) };
}

/**
 * A claim that agrees when all bars of its rows hold, and disagrees when one that was measured does not. A row without a bar is shown and
 * decides nothing, so that one row at least has to have one.
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
 * A claim about a direction, judged by an interval: it agrees if the interval lies above 0, and disagrees if it lies below. An interval
 * that contains 0 leaves it undecided.
 */
export function judgeDirection(
  results: ReadonlyMap<string, ExperimentResult>,
  { low, high, beside = [], reason }: Omit<RowsOfClaim, "rows" | "bar"> & { readonly low: RegExp; readonly high: RegExp },
): Judgement {
  const found = gather(results, { rows: [low, high], beside, reason });
  const end = (id: RegExp): number | null => found?.deciding.find((row) => id.test(row.id))?.figure ?? null;
  const [lowest, highest] = [end(low), end(high)];
  if (found === null || lowest === null || highest === null) return notRun;
  if (lowest > 0) return { verdict: "agree", ours: found.shown, reason: found.reason };
  if (highest < 0) return { verdict: "disagree", ours: found.shown, reason: found.reason };
  return { verdict: "undecided", ours: found.shown, reason: `The interval contains 0, so the direction is undecided. ${found.reason}` };
}

/** For figures that hang on another network or another budget than the paper's: shown, and held against nothing. */
export function notComparable(results: ReadonlyMap<string, ExperimentResult>, wanted: RowsOfClaim): Judgement {
  const found = gather(results, wanted);
  return found === null ? notRun : { verdict: "not comparable", ours: found.shown, reason: found.reason };
}
