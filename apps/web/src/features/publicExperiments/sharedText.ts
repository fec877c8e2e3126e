/** Dates and images of an experiment on the pages for visitors. */
import type { FirstImagesFragment } from "../../graphql/generated/graphql.ts";
import type { PixelSource } from "../marks/pixelSource.ts";
import { formatParameter } from "../run/parameterEntries.ts";

export interface SharedImage {
  /** Of the elite, trajectory or perturbation, else of the stored image. Opens the image on the run's page. */
  readonly id: string;
  readonly label: string;
  /** Of the stored image, 0 to 1; null for an image that was not measured here. */
  readonly confidence: number | null;
  /** The confidence that the source of an imported run states. */
  readonly claimed?: number | null;
  /** What distinguishes it from the run's other images of its label. */
  readonly detail?: string;
  readonly image: PixelSource;
}

/** For people who do not see it. An image that was not measured here has a label only of its source. */
export function describeImage({ label, confidence }: Pick<SharedImage, "label" | "confidence">): string {
  return confidence === null ? `Imported image, ${label}` : `Image that the network labels ${label}`;
}

/** For example "26 November 2026". */
export function formatDay(time: string): string {
  return new Date(time).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}

interface LabelledResult {
  readonly id: string;
  readonly label: string;
  readonly storedConfidence: number;
  readonly image: PixelSource;
}

export function toSharedImage({ id, label, storedConfidence, image }: LabelledResult): SharedImage {
  return { id, label, confidence: storedConfidence, image };
}

interface Attacked {
  readonly id: string;
  /** In grey levels; null for an attack without one. */
  readonly bound?: number | null;
  readonly storedLabel: string;
  readonly storedConfidence: number;
  readonly image: PixelSource;
}

export function ofAttack({ bound = null, storedLabel, ...row }: Attacked): SharedImage {
  const shared = toSharedImage({ ...row, label: storedLabel });
  return bound === null ? shared : { ...shared, detail: `within ${formatParameter(bound)} grey levels` };
}

interface ChainElite {
  readonly niche: number;
  readonly storedConfidence: number;
  readonly image: PixelSource & { readonly id: string };
}

/** @param labels Of DNN_1, whose classes every network of the chain has. */
export function ofChain({ niche, storedConfidence, image }: ChainElite, labels: readonly string[] = []): SharedImage {
  return { id: image.id, label: labels[niche] ?? `class ${niche}`, confidence: storedConfidence, image };
}

interface ImportedImage {
  readonly index: number;
  readonly niche?: number | null;
  readonly label?: string | null;
  readonly claimed?: number | null;
  readonly image: PixelSource & { readonly id: string };
}

export function ofImport({ index, niche, label, claimed, image }: ImportedImage): SharedImage {
  const name = label ?? (niche == null ? `image ${index}` : `class ${niche}`);
  return { id: image.id, label: name, confidence: null, claimed: claimed ?? null, image };
}

/** The ten most confident, in the order of their niches. */
function mostConfident<Elite extends { readonly niche: number; readonly storedConfidence: number }>(
  elites: readonly Elite[],
): readonly Elite[] {
  return elites
    .toSorted((a, b) => b.storedConfidence - a.storedConfidence)
    .slice(0, 10)
    .toSorted((a, b) => a.niche - b.niche);
}

/** At most ten images of a run that its own page shows first: the most confident ones, in order of classes. */
export function imagesOf(run: FirstImagesFragment): readonly SharedImage[] {
  switch (run.__typename) {
    case "EvolutionRun":
      return run.archive.toSorted((a, b) => a.niche - b.niche).map(toSharedImage);
    case "AscentRun":
      return run.bestTrajectories.toSorted((a, b) => a.class - b.class).map(toSharedImage);
    case "PerturbationRun":
      return run.perturbations.nodes.map(ofAttack);
    case "RetrainingRun":
      return mostConfident(run.chain?.latestElites ?? []).map((elite) => ofChain(elite));
    case "ImportedRun":
      return run.images.nodes.map(ofImport);
  }
}
