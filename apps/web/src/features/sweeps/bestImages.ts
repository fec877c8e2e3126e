/** The best images of a sweep of any kind, as tiles. */
import type { SweepFindingsQuery } from "../../graphql/generated/graphql.ts";
import type { PixelSource } from "../marks/pixelSource.ts";

export interface BestImage {
  readonly id: string;
  readonly href: string;
  readonly label: string;
  /** Of the stored image, in the class of the label. */
  readonly confidence: number;
  /** Such as `gen 142`, or the size of a change. */
  readonly detail: string;
  readonly image: PixelSource;
  readonly runKey: string;
}

type Findings = NonNullable<SweepFindingsQuery["sweep"]>;

export function bestImagesOf({ bestElites, bestTrajectories, bestPerturbations }: Findings): readonly BestImage[] {
  return [
    ...bestElites.map(({ id, label, storedConfidence, generation, image, run }) => ({
      id,
      href: `/elites/${id}`,
      label,
      confidence: storedConfidence,
      detail: `gen ${generation.toLocaleString("en-GB")}`,
      image,
      runKey: run.key,
    })),
    ...bestTrajectories.map(({ id, label, storedConfidence, image, run }) => ({
      id,
      href: `/trajectories/${id}`,
      label,
      confidence: storedConfidence,
      detail: "",
      image,
      runKey: run.key,
    })),
    ...bestPerturbations.map(({ id, bound, linf, l2, originalLabel, storedLabel, storedConfidence, image, run }) => ({
      id,
      href: `/perturbations/${id}`,
      label: `${originalLabel} → ${storedLabel}`,
      confidence: storedConfidence,
      detail: bound == null ? `L2 ${l2.toFixed(1)}, L∞ ${linf.toFixed(0)}` : `bound ${bound}`,
      image,
      runKey: run.key,
    })),
  ];
}
