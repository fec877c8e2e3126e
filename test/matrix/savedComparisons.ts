/** Saved comparisons of the local workspace: one with an image, and one that was deleted a moment ago. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { createSavedComparison, deleteSavedComparison } from "@pareidolia/persistence/lab/savedComparisons/writeSavedComparisons";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";

export interface SavedComparisons {
  readonly deletedComparison: string;
}

export const missingComparisons: SavedComparisons = { deletedComparison: encodeGlobalId("SavedComparison", "missing") };

export async function writeSavedComparisons(
  connection: Connection,
  { sha256, eliteId }: { readonly sha256: string; readonly eliteId: string },
  seed: number,
): Promise<SavedComparisons & { readonly comparison: string }> {
  const mean = { runCount: 1, mean: 0.9, low: 0.8, high: 0.95, intervalReason: null };
  const test = { first: 0, second: 0, p: 0.5, adjustedP: 0.5, method: "exact", delta: 0, deltaLow: -1, deltaHigh: 1 };
  const tests = { pairs: [test], leftOut: [0] };
  const image = { sha256, confidence: 0.9, label: "zero", runKey: "RUN-1", resultType: "Elite", resultId: eliteId } as const;
  const comparison = {
    title: `Comparison ${seed}`,
    notes: "Notes.",
    entries: [{ name: "RUN-1", runs: [{ key: "RUN-1", name: "A run" }] }],
    generation: seed,
    baseline: 0,
    snapshot: {
      lastGeneration: seed,
      parameters: [{ name: "seed", label: "Seed", differs: false, values: [{ values: [seed], count: 1 }] }],
      claims: [{ name: "accuracy", values: [{ values: [seed], count: 1 }] }],
      outcomes: [
        {
          kinds: [
            {
              kind: "evolution",
              kindLabel: "Evolution",
              unit: "classes",
              reachedMeans: "≥ .9999",
              isMeasured: true,
              runCount: 1,
              reached: 2,
              total: 5,
              median: mean,
            },
          ],
        },
      ],
      curves: [{ points: [{ generation: seed, median: mean }] }],
      figures: [{ median: mean, lowerQuartile: 0.5, upperQuartile: 0.9, fooling: mean, nicheCount: 5, earlier: 0 }],
      reach: [{ generations: [seed], median: seed }],
      tests: { median: tests, fooling: tests, firstReached: tests },
      rows: [{ class: 0, label: "zero", images: [image] }],
    },
    idempotencyKey: null,
  };
  const scope = openScope(localWorkspaceId);
  const saved = await createSavedComparison(connection, { scope, createdById: localUserId, comparison });
  const deleted = await createSavedComparison(connection, { scope, createdById: localUserId, comparison });
  await deleteSavedComparison(connection, deleted.id);
  const id = (row: string): string => encodeGlobalId("SavedComparison", row);
  return { comparison: id(saved.id), deletedComparison: id(deleted.id) };
}
