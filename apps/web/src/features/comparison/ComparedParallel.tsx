"use client";
/** The entries as lines across the settings that differ, the median in the generation shown last. Nothing without such a setting. */
import { ParallelChart } from "../charts/ParallelChart.tsx";
import { comparedFields } from "./comparedFields.ts";
import type { ComparedNumbers } from "./comparedRuns.ts";
import { parallelEntries } from "./parallelEntries.ts";
import { queryOf } from "./queryOf.ts";
import type { ComparedArchives, RunComparison } from "./useComparison.ts";

interface ComparedParallelProps {
  readonly comparison: RunComparison;
  readonly archives: ComparedArchives;
  readonly entries: readonly ComparedNumbers[];
}

export function ComparedParallel({ comparison, archives, entries }: ComparedParallelProps) {
  const { axes, lines, range } = parallelEntries(
    comparison,
    archives.figures.map(({ median }) => median?.mean ?? null),
  );
  if (axes.length === 0 || lines.length < 2) return null;
  return (
    <ParallelChart
      // Another run may bring other axes.
      key={axes.map(({ key }) => key).join()}
      axes={axes}
      lines={lines}
      range={range}
      unit="entries"
      empty="No run has stored a generation yet."
      name="settings-and-median"
      query={queryOf(entries, comparedFields.parallel, archives.generation)}
      columns={["entry", "name", ...axes.map(({ label }) => label), "median confidence", "nines"]}
      rowOf={({ mark, key, values, median, nines }) => [mark ?? "", comparison.entries[Number(key)]?.name ?? "", ...values, median, nines]}
    />
  );
}
