/**
 * The one rule for all verdicts, in this order; docs/claims.md states it for readers.
 *
 * 1. Without a measured figure: not measured, or needs people.
 * 2. The budget is neither the paper's nor are the images ripe: not comparable.
 * 3. The interval of a row is on the other side of the paper's statement: disagree.
 * 4. A row or an experiment is missing: not measured.
 * 5. A row has no interval, an interval includes both sides, or a null hypothesis stands: undecided.
 * 6. Otherwise: agree.
 */
import type { Verdict } from "@pareidolia/core/verdicts";
import type { ReportRow } from "../report.ts";
import type { Bounds, Budget, Claim, Judgement, Results } from "./claim.ts";

type Side = "within" | "outside" | "both" | "unknown";

/** A row with the bounds that it is compared with. */
interface Compared {
  readonly row: ReportRow;
  readonly side: Side;
}

export function judgeClaim(claim: Claim, results: Results): Judgement {
  const rows = [...results].filter(([id]) => claim.experiments.includes(id)).flatMap(([, result]) => result.rows);
  const compared = claim.comparisons.flatMap(({ rows: ids, bounds }) => matching(rows, ids).map((row) => compare(row, bounds)));
  const nulls = typeof claim.nulls === "string" ? [] : claim.nulls.flatMap((one) => testNull(rows, one.rows, one.level));
  const also = (claim.alsoShown ?? []).flatMap((ids) => matching(rows, ids));
  const ours = unique([...compared.map(({ row }) => row), ...nulls, ...also]).filter(({ figure }) => figure !== null);
  if (!compared.some(({ row }) => row.figure !== null)) return withoutFigure(claim, compared);
  const budget = checkBudget(claim.budget, rows, results);
  const decided = decide(claim, compared, nulls, results);
  const { verdict, sentence } = budget.isComparable ? decided : ({ verdict: "not comparable", sentence: "" } as const);
  const note = typeof claim.note === "string" ? claim.note : claim.note(ours, results);
  return { verdict, ours, reason: [sentence, budget.words, nullWords(claim), note].filter((words) => words !== "").join(" ") };
}

function withoutFigure({ isAboutPeople, note }: Claim, compared: readonly Compared[]): Judgement {
  const why = compared.map(({ row }) => row.detail).filter((detail) => detail !== "");
  if (isAboutPeople === true)
    return {
      verdict: "needs people",
      ours: [],
      reason: ["No release of a study measures it.", ...why, typeof note === "string" ? note : ""]
        .filter((words) => words !== "")
        .join(" "),
    };
  return {
    verdict: "not measured",
    ours: [],
    reason: why.length === 0 ? "The experiments did not run." : `Not measured: ${why.join("; ")}.`,
  };
}

function decide(
  claim: Claim,
  compared: readonly Compared[],
  nulls: readonly ReportRow[],
  results: Results,
): { readonly verdict: Verdict; readonly sentence: string } {
  const named = (rows: readonly ReportRow[]): string => rows.map(({ id }) => id).join(", ");
  const at = (side: Side): readonly ReportRow[] => compared.filter((one) => one.side === side).map(({ row }) => row);
  const outside = at("outside");
  if (outside.length > 0)
    return { verdict: "disagree", sentence: `The interval is on the other side of the statement in ${named(outside)}.` };
  const missing = claim.experiments.filter((id) => !results.has(id));
  if (missing.length > 0) return { verdict: "not measured", sentence: `No result of: ${missing.join(", ")}.` };
  const absent = claim.comparisons.filter(({ rows: ids }) => !compared.some(({ row }) => ids.test(row.id)));
  if (absent.length > 0) return { verdict: "not measured", sentence: "A figure of the statement is missing." };
  const empty = compared.filter(({ row }) => row.figure === null);
  if (empty.length > 0)
    return { verdict: "not measured", sentence: `Not measured here: ${empty.map(({ row }) => `${row.what} (${row.detail})`).join("; ")}.` };
  const both = at("both");
  if (both.length > 0) return { verdict: "undecided", sentence: `The interval includes both sides of the statement in ${named(both)}.` };
  const unknown = at("unknown");
  if (unknown.length > 0)
    return { verdict: "undecided", sentence: `There are too few ${claim.unit} for an interval in ${named(unknown)}.` };
  if (typeof claim.nulls !== "string" && nulls.length === 0)
    return { verdict: "not measured", sentence: "No test of the null hypothesis." };
  const standing = nulls.filter(({ holds }) => !holds);
  if (standing.length > 0) {
    const words = standing.map(({ id, figure, detail }) => (figure === null ? `${id} (${detail})` : id));
    return { verdict: "undecided", sentence: `The null hypothesis is not rejected in ${words.join(", ")}.` };
  }
  return { verdict: "agree", sentence: `The whole 95% interval over ${claim.unit} is on the paper's side.` };
}

function compare(row: ReportRow, bounds: Bounds): Compared {
  const side = row.interval === undefined ? "unknown" : sideOf(row.interval, bounds);
  return { row: { ...row, bar: barOf(bounds), holds: row.figure === null || side === "within", finding: true }, side };
}

function sideOf({ low, high }: { readonly low: number; readonly high: number }, bounds: Bounds): Side {
  if ("atLeast" in bounds) return low >= bounds.atLeast ? "within" : high < bounds.atLeast ? "outside" : "both";
  if ("above" in bounds) return low > bounds.above ? "within" : high <= bounds.above ? "outside" : "both";
  if ("below" in bounds) return high < bounds.below ? "within" : low >= bounds.below ? "outside" : "both";
  const [least, most] = bounds.between;
  return low > least && high < most ? "within" : high <= least || low >= most ? "outside" : "both";
}

function barOf(bounds: Bounds): string {
  if ("atLeast" in bounds) return `interval >= ${bounds.atLeast}`;
  if ("above" in bounds) return `interval > ${bounds.above}`;
  return "below" in bounds ? `interval < ${bounds.below}` : `interval within ${bounds.between[0]} and ${bounds.between[1]}`;
}

/** A p that does not say how small it can get tests nothing. */
function testNull(rows: readonly ReportRow[], ids: RegExp, level: number): readonly ReportRow[] {
  return matching(rows, ids)
    .filter(({ smallestP }) => smallestP !== undefined)
    .map((row) => ({
      ...row,
      bar: `p < ${level}`,
      holds: row.figure !== null && row.figure < level,
      finding: true,
    }));
}

function checkBudget(
  budget: Budget,
  rows: readonly ReportRow[],
  results: Results,
): { readonly isComparable: boolean; readonly words: string } {
  const { amount, ripe, same, different } = budget;
  if (same !== undefined) return { isComparable: true, words: same };
  if (different !== undefined) return { isComparable: false, words: different };
  const words: string[] = [];
  if (amount !== undefined) {
    const ours = results.get(amount.experiment)?.ran?.[amount.name];
    const told = `${ours ?? "an unknown number"} of ${amount.paper.toLocaleString("en")} ${amount.unit}`;
    if (ours !== undefined && ours >= amount.paper)
      return { isComparable: true, words: `Budget: ${ours} ${amount.unit}, at least the paper's ${amount.paper.toLocaleString("en")}.` };
    words.push(`${told} of the paper`);
  }
  if (ripe !== undefined) {
    const found = matching(rows, ripe.rows);
    const least = found.reduce((low, { figure }) => Math.min(low, figure ?? Number.NEGATIVE_INFINITY), Number.POSITIVE_INFINITY);
    const reached = found.length === 0 || !Number.isFinite(least) ? "none" : `${Number(least.toPrecision(3))}`;
    if (reached !== "none" && least >= ripe.atLeast)
      return { isComparable: true, words: `Budget: the images are ripe (${ripe.of} ${reached}, at least ${ripe.atLeast}).` };
    words.push(`the images are not ripe (${ripe.of} ${reached} instead of at least ${ripe.atLeast})`);
  }
  return { isComparable: false, words: `Budget: ${words.join(", and ")}.` };
}

function nullWords({ nulls }: Claim): string {
  return typeof nulls === "string" ? `Null hypothesis: ${nulls}` : "";
}

function matching(rows: readonly ReportRow[], ids: RegExp): readonly ReportRow[] {
  return rows.filter(({ id }) => ids.test(id));
}

/** Each row once, as it is first judged. */
function unique(rows: readonly ReportRow[]): readonly ReportRow[] {
  return [...new Map([...rows].reverse().map((row) => [row.id, row])).values()].reverse();
}
