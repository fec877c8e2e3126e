/** A claim of the paper, what is measured for it here, and how the two compare. */
import type { ExperimentResult } from "../experiments/experiment.ts";
import { noBar, type ReportRow } from "../report.ts";

export type Verdict = "agree" | "disagree" | "not comparable" | "not measured";

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
  /** Ids of rows that are shown beside them. */
  readonly beside?: readonly RegExp[];
  /** In words, or made of all these rows where it says what was run and found. */
  readonly reason: string | ((rows: readonly ReportRow[], results: ReadonlyMap<string, ExperimentResult>) => string);
}

/**
 * A claim whose experiments' rows carry its bars: it agrees when all of them hold, and disagrees when one that was measured does not. A
 * row without a bar is shown and decides nothing.
 */
export function judgeByRows(results: ReadonlyMap<string, ExperimentResult>, { rows: ids, beside = [], reason }: RowsOfClaim): Judgement {
  const all = [...results.values()].flatMap((result) => result.rows);
  const matching = (wanted: readonly RegExp[]): readonly ReportRow[] => all.filter((row) => wanted.some((id) => id.test(row.id)));
  const rows = matching(ids);
  const shown = matching([...ids, ...beside]).filter((row) => row.figure !== null);
  if (!rows.some((row) => row.figure !== null)) return { verdict: "not measured", ours: [], reason: "The experiments did not run here." };
  const words = typeof reason === "string" ? reason : reason(shown, results);
  if (rows.some((row) => row.figure !== null && !row.holds)) return { verdict: "disagree", ours: shown, reason: words };
  const missing = rows.filter((row) => row.figure === null && row.bar !== noBar).map(({ what, detail }) => `${what} (${detail})`);
  if (missing.length > 0) return { verdict: "not measured", ours: shown, reason: `Not measured here: ${missing.join("; ")}.` };
  return { verdict: "agree", ours: shown, reason: words };
}

/** For figures that hang on another network or another budget than the paper's: shown, and held against nothing. */
export function notComparable(results: ReadonlyMap<string, ExperimentResult>, rows: RowsOfClaim): Judgement {
  const judged = judgeByRows(results, rows);
  return judged.verdict === "not measured" ? judged : { ...judged, verdict: "not comparable" };
}
