/**
 * The confidences of a release against the networks that it names, where they are at hand: the caller finds a network by its name, and scores
 * images in each way in which an image of its size may have been scored. Other networks are named as not checked.
 */
import { type ArchiveFiles, readWhole } from "@pareidolia/archive/archiveFiles";
import { AppError } from "@pareidolia/core/appError";
import { nameIn } from "../layout.ts";
import type { PlannedImage, ReleasedImage } from "../tables/imageTable.ts";
import { maxImageSize } from "./verifyFiles.ts";

/** For each PNG file, the probability of each class in each way of scoring it. @throws AppError for a file that it cannot score. */
export type ScoreImages = (files: readonly Uint8Array[]) => Promise<readonly (readonly Float32Array[])[]>;

/** Returns the reason, as the end of a sentence, for a network that is not at hand. */
export type FindNetwork = (name: string) => Promise<ScoreImages | { readonly reason: string }>;

/** Largest difference of two confidences that engines and instruction sets explain. */
const tolerance = 1e-4;
const imagesAtOnce = 32;

interface LabelledImage {
  readonly sha256: string;
  readonly label: number;
  readonly image: ReleasedImage;
}

export interface VerifiedConfidences {
  /** Scores that were computed again. */
  readonly cases: number;
  /** What could not be checked, as sentences. */
  readonly notChecked: readonly string[];
}

/** @throws AppError CORRUPT_DATA naming the first confidence that is not the network's. */
export async function verifyConfidences(
  release: ArchiveFiles,
  images: readonly ReleasedImage[],
  { planned, findNetwork }: { readonly planned: readonly PlannedImage[]; readonly findNetwork: FindNetwork },
): Promise<VerifiedConfidences> {
  const labelled = images.flatMap((image, at) => {
    const { sha256 = "", label = null } = planned[at] ?? {};
    return label === null ? [] : [{ sha256, label, image }];
  });
  let cases = 0;
  const notChecked: string[] = [];
  for (const name of networksOf(images)) {
    const scored = labelled.filter(({ image }) => namesIn(image).includes(name));
    const network = await findNetwork(name);
    if ("reason" in network)
      notChecked.push(`The scores of ${scored.length} ${scored.length === 1 ? "image" : "images"} by ${name}: ${network.reason}.`);
    else cases += await verifyNetwork(release, scored, { name, score: network });
  }
  return { cases, notChecked };
}

function namesIn({ model, agreeingNetworks, otherNetworks }: ReleasedImage): readonly string[] {
  return [...(model === null ? [] : [model]), ...agreeingNetworks, ...otherNetworks];
}

function networksOf(images: readonly ReleasedImage[]): readonly string[] {
  return [...new Set(images.flatMap(namesIn))].sort();
}

async function verifyNetwork(
  { files }: ArchiveFiles,
  images: readonly LabelledImage[],
  { name, score }: { readonly name: string; readonly score: ScoreImages },
): Promise<number> {
  for (let from = 0; from < images.length; from += imagesAtOnce) {
    const batch = images.slice(from, from + imagesAtOnce);
    const bytes: Uint8Array[] = [];
    for (const { sha256 } of batch) {
      const file = files.get(nameIn("image", sha256));
      if (file === undefined) throw new AppError("CORRUPT_DATA", `Image ${sha256} is missing.`);
      bytes.push(await readWhole(file, maxImageSize));
    }
    const scores = await score(bytes);
    for (const [at, image] of batch.entries()) compare(image, scores[at] ?? [], name);
  }
  return images.length;
}

/** One way of scoring the image must give all that the release says about it. */
function compare({ sha256, label, image }: LabelledImage, scores: readonly Float32Array[], name: string): void {
  const { model, confidence, agreeingNetworks, otherNetworks } = image;
  const isOwn = model === name;
  if (isOwn && confidence !== null && !scores.some((score) => Math.abs((score[label] ?? Number.NaN) - confidence) <= tolerance))
    throw new AppError(
      "CORRUPT_DATA",
      `The confidence of ${name} in class ${label} for image ${sha256.slice(0, 12)} is ${confidence}; computed again, it is ${scores[0]?.[label] ?? "none"}.`,
    );
  const [says, denies] = [agreeingNetworks.includes(name), otherNetworks.includes(name)];
  if (says && !scores.some((score) => isTop(score, label, tolerance)))
    throw new AppError("CORRUPT_DATA", `${name} does not give image ${sha256.slice(0, 12)} class ${label}, but images.csv says so.`);
  if (denies && !says && scores.every((score) => isTop(score, label, -tolerance)))
    throw new AppError(
      "CORRUPT_DATA",
      `${name} gives image ${sha256.slice(0, 12)} class ${label}, but images.csv says that it gives another.`,
    );
}

/** Whether no other class has more by `gap`. */
function isTop(score: Float32Array, label: number, gap: number): boolean {
  const own = score[label] ?? Number.NaN;
  return score.every((value, at) => at === label || value <= own + gap);
}
