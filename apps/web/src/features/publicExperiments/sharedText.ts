/** Dates and images of an experiment on the pages for visitors. */
import type { PublicRunFragment } from "../../graphql/generated/graphql.ts";
import type { PixelSource } from "../marks/pixelSource.ts";

export interface SharedImage {
  readonly id: string;
  readonly label: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly image: PixelSource;
}

/** For example "26 November 2026". */
export function formatDay(time: string): string {
  return new Date(time).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}

/** At most ten images of a run, the most confident ones, in order of classes. */
export function imagesOf(run: PublicRunFragment): readonly SharedImage[] {
  if (run.__typename === "EvolutionRun")
    return run.archive
      .toSorted((a, b) => a.niche - b.niche)
      .map(({ id, label, storedConfidence, image }) => ({ id, label, confidence: storedConfidence, image }));
  if (run.__typename === "AscentRun")
    return run.bestTrajectories
      .toSorted((a, b) => a.class - b.class)
      .map(({ id, label, storedConfidence, image }) => ({ id, label, confidence: storedConfidence, image }));
  if (run.__typename === "PerturbationRun")
    return run.perturbations.nodes.map(({ id, storedLabel, storedConfidence, image }) => ({
      id,
      label: storedLabel,
      confidence: storedConfidence,
      image,
    }));
  return [];
}
