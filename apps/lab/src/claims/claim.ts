/** A claim of the paper, what is measured for it here, and how the two compare. */
import type { ExperimentResult } from "../experiments/experiment.ts";
import type { ReportRow } from "../report.ts";

export type Verdict = "agree" | "disagree" | "not comparable" | "not measured";

export interface Judgement {
  readonly verdict: Verdict;
  /** Our numbers with their seeds, counts and intervals. */
  readonly ours: readonly ReportRow[];
  readonly reason: string;
}

export interface Claim {
  /** R1 to R11. */
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

/** A claim whose experiments' rows carry its bars: it agrees when all of them hold, and disagrees when one that was measured does not. */
export function judgeByRows(results: ReadonlyMap<string, ExperimentResult>, rowIds: readonly RegExp[], reason: string): Judgement {
  const rows = [...results.values()].flatMap((result) => result.rows).filter((row) => rowIds.some((id) => id.test(row.id)));
  const measured = rows.filter((row) => row.figure !== null);
  if (measured.length === 0) return { verdict: "not measured", ours: [], reason: "The experiments did not run here." };
  if (measured.some((row) => !row.holds)) return { verdict: "disagree", ours: measured, reason };
  const missing = rows.filter((row) => row.figure === null).map(({ what, detail }) => `${what} (${detail})`);
  if (missing.length > 0) return { verdict: "not measured", ours: measured, reason: `Not measured here: ${missing.join("; ")}.` };
  return { verdict: "agree", ours: measured, reason };
}
