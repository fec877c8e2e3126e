/** What the runs of an entry have reached, kind by kind: each in its own unit, by its own criterion. */
import type { SnapshotOutcome } from "@pareidolia/core/comparisonSnapshot";
import { runKinds } from "@pareidolia/core/runKinds/registry";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { kindMeasureOf } from "../outcome/kindMeasure.type.ts";
import { meanConfidence } from "./groupStatistics.ts";

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** In the order of the kinds. */
export function outcomesOfEntry(runs: readonly RunRecord[]): SnapshotOutcome[] {
  return runKinds.flatMap(({ id }) => {
    const ofKind = runs.filter(({ kind }) => kind === id);
    if (ofKind.length === 0) return [];
    return [
      {
        ...kindMeasureOf(id),
        runCount: ofKind.length,
        reached: sum(ofKind.map(({ foolingCount }) => foolingCount)),
        total: sum(ofKind.map(({ nicheCount }) => nicheCount)),
        median: meanConfidence(ofKind.flatMap(({ median }) => median ?? [])),
      },
    ];
  });
}
