/** What each entry of a comparison has reached, as rows of tables and files: one for each kind of its runs. */

import type { CsvValue } from "../marks/csv.ts";
import { intervalCells, intervalColumns } from "../marks/intervalColumns.ts";
import type { ComparedOutcomes } from "./comparedParts.ts";
import { letterOf } from "./comparedRuns.ts";

type Outcome = NonNullable<ComparedOutcomes["outcomes"]>[number]["kinds"][number];

export function outcomesOf({
  outcomes,
}: Pick<ComparedOutcomes, "outcomes">): readonly { readonly entry: number; readonly outcome: Outcome }[] {
  return (outcomes ?? []).flatMap(({ kinds }, entry) => kinds.map((outcome) => ({ entry, outcome })));
}

/** What the medians and intervals of groups are, on the page. */
export const groupMedians = "Medians of groups are means over runs on the scale of nines, with 95% intervals for other runs (Student’s t).";

export const outcomeColumns: readonly string[] = [
  "entry",
  "name",
  "kind",
  "runs",
  "median",
  ...intervalColumns(),
  "reached",
  "results",
  "measure",
];

export function outcomeRows(comparison: ComparedOutcomes): readonly (readonly CsvValue[])[] {
  return outcomesOf(comparison).map(({ entry, outcome }) => {
    const { kindLabel, runCount, median, reached, total, unit, reachedMeans, isMeasured } = outcome;
    return [
      letterOf(entry),
      comparison.entries[entry]?.name ?? "",
      kindLabel,
      runCount,
      median?.mean ?? null,
      ...intervalCells(median, "other runs"),
      isMeasured ? reached : null,
      total,
      `${unit} ${reachedMeans}`,
    ];
  });
}

/** The archives of entries with evolutions: other runs have none. */
export function evolved<Figures extends { readonly median?: unknown }>(
  figures: readonly Figures[],
): readonly (Figures & { readonly entry: number })[] {
  return figures.flatMap((at, entry) => (at.median == null ? [] : [{ ...at, entry }]));
}
