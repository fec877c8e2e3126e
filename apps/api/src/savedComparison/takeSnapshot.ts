/** Reads everything that a comparison shows, to keep it as it is. */
import type { Actor } from "@pareidolia/core/actor";
import type { ComparisonEntries, ComparisonSnapshot, SnapshotImage } from "@pareidolia/core/comparisonSnapshot";
import { findElites } from "@pareidolia/persistence/lab/elites/readElites";
import { findPerturbations } from "@pareidolia/persistence/lab/perturbations/readPerturbations";
import { findTrajectories } from "@pareidolia/persistence/lab/trajectories/readTrajectories";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import type { ComparedRow, Comparison, ComparisonService } from "../comparison/comparison.service.ts";
import { runKey } from "../globalId/globalId.ts";
import { nameOf } from "../run/runName.ts";

export interface ShownRows {
  readonly first: number | null | undefined;
  readonly offset: number | null | undefined;
  readonly contains: string | null | undefined;
}

interface SnapshotOptions {
  readonly comparisons: ComparisonService;
  readonly connection: Connection;
}

export function entriesOf({ entries }: Comparison): ComparisonEntries {
  return entries.map(({ name, runs }) => ({ name, runs: runs.map((run) => ({ key: runKey(run.number), name: nameOf(run) })) }));
}

function keysOfRuns({ entries }: Comparison): ReadonlyMap<string, string> {
  return new Map(entries.flatMap(({ runs }) => runs.map(({ id, number }) => [id, runKey(number)] as const)));
}

/** The images that the rows show, by type and ID of their results. */
async function readImages(connection: Connection, comparison: Comparison, rows: readonly ComparedRow[]) {
  const keys = keysOfRuns(comparison);
  const present = (ids: readonly (string | null)[]) => [...new Set(ids.flatMap((id) => id ?? []))];
  const [elites, trajectories, perturbations] = await Promise.all([
    findElites(connection, present(rows.flatMap(({ eliteIds }) => eliteIds))),
    findTrajectories(connection, present(rows.flatMap(({ trajectoryIds }) => trajectoryIds))),
    findPerturbations(connection, present(rows.flatMap(({ perturbationIds }) => perturbationIds))),
  ]);
  const images = new Map<string, SnapshotImage>();
  const add = (resultId: string, runId: string, image: Omit<SnapshotImage, "resultId" | "runKey">) =>
    images.set(`${image.resultType} ${resultId}`, { ...image, resultId, runKey: keys.get(runId) ?? "" });
  for (const row of elites)
    if (row !== null) {
      const { id, runId, label, storedFitness: confidence, image } = row;
      add(id, runId, { resultType: "Elite", sha256: image.sha256, confidence, label });
    }
  for (const row of trajectories)
    if (row !== null) {
      const { id, runId, label, storedConfidence: confidence, image } = row;
      add(id, runId, { resultType: "Trajectory", sha256: image.sha256, confidence, label });
    }
  for (const row of perturbations)
    if (row !== null) {
      const { id, runId, originalLabel, storedLabel, storedConfidence: confidence, image } = row;
      add(id, runId, { resultType: "Perturbation", sha256: image.sha256, confidence, label: `${originalLabel} as ${storedLabel}` });
    }
  return images;
}

/** @throws AppError as `ComparisonService.readRows`. */
export async function takeSnapshot(
  actor: Actor,
  comparison: Comparison,
  { rows: shown, baseline, ...options }: SnapshotOptions & { readonly rows: ShownRows; readonly baseline: number | null },
): Promise<ComparisonSnapshot> {
  const { comparisons, connection } = options;
  const [curves, figures, reach, rows, median, fooling, firstReached] = await Promise.all([
    comparisons.readCurves(comparison),
    comparisons.readFigures(comparison),
    comparisons.readReach(comparison),
    comparisons.readRows(actor, comparison, shown),
    comparisons.test(comparison, "median", baseline),
    comparisons.test(comparison, "fooling", baseline),
    comparisons.test(comparison, "firstReached", baseline),
  ]);
  const images = await readImages(connection, comparison, rows);
  return {
    lastGeneration: comparison.lastGeneration,
    parameters: comparisons.compareParameters(comparison),
    claims: comparisons.compareClaims(comparison),
    outcomes: comparisons.compareOutcomes(comparison),
    curves,
    figures,
    reach,
    tests: { median, fooling, firstReached },
    rows: rows.map(({ class: index, label, eliteIds, trajectoryIds, perturbationIds }) => ({
      class: index,
      label,
      images: eliteIds.map((eliteId, entry) =>
        surest(
          [`Elite ${eliteId}`, `Trajectory ${trajectoryIds[entry]}`, `Perturbation ${perturbationIds[entry]}`].flatMap(
            (name) => images.get(name) ?? [],
          ),
        ),
      ),
    })),
  };
}

function surest(images: readonly SnapshotImage[]): SnapshotImage | null {
  return images.reduce<SnapshotImage | null>((best, image) => (best === null || image.confidence > best.confidence ? image : best), null);
}
