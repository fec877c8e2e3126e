/**
 * Compares the images that runs find for a class: each run's best image with each run's second-best image, over all classes. The
 * second-best image of a class is the other image in the run's archive with the highest confidence in that class.
 */
import { coarseStructure, structuralDistance } from "@pareidolia/analysis/diversity";
import { imagesOf, type StudiedArchive, type StudiedElite } from "./evolvedArchive.ts";

/** Mean structural distances over the classes that all runs fill: one row per run's best images, one column per run's second-best. */
export function distancesOfRuns(archives: readonly Pick<StudiedArchive, "elites">[]): readonly (readonly number[])[] {
  const runs = archives.map(describeRun);
  const niches = [...(runs[0]?.best.keys() ?? [])].filter((niche) => runs.every(({ best, next }) => best.has(niche) && next.has(niche)));
  return runs.map(({ best }) =>
    runs.map(({ next }) => {
      const distances = niches.map((niche) => structuralDistance(best.get(niche) as Float64Array, next.get(niche) as Float64Array));
      return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
    }),
  );
}

interface DescribedRun {
  /** Coarse structures by niche. */
  readonly best: ReadonlyMap<number, Float64Array>;
  readonly next: ReadonlyMap<number, Float64Array>;
}

function describeRun(archive: Pick<StudiedArchive, "elites">): DescribedRun {
  const images = imagesOf(archive).map((elites) => {
    const [elite] = elites as readonly [StudiedElite, ...StudiedElite[]];
    return {
      structure: coarseStructure(elite.image),
      probabilities: elite.probabilities,
      niches: new Set(elites.map(({ niche }) => niche)),
    };
  });
  const best = new Map<number, Float64Array>();
  const next = new Map<number, Float64Array>();
  for (const { niche } of archive.elites) {
    let highest = Number.NEGATIVE_INFINITY;
    for (const { structure, probabilities, niches } of images) {
      const confidence = probabilities[niche] as number;
      if (niches.has(niche)) best.set(niche, structure);
      else if (confidence > highest) {
        highest = confidence;
        next.set(niche, structure);
      }
    }
  }
  return { best, next };
}
