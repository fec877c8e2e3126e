/**
 * People as truth: for each image the number of votes for each class, beside a network's probabilities. The truth of an image is either
 * people's most frequent label, or the share of people who gave the network's label.
 */
import { AppError } from "@pareidolia/core/appError";

export interface PeopleAndNetwork {
  readonly images: number;
  readonly classes: number;
  /** Votes for each class, images x classes. */
  readonly counts: Int32Array;
  /** The network's, images x classes; rows sum to 1. */
  readonly probabilities: Float64Array;
}

export type Truth = "mostFrequentLabel" | "shareOfVotes";

/** The data that a calibration needs for each image: the network's label, its confidence, and the truth of that label from 0 to 1. */
export interface Judged {
  readonly label: Int32Array;
  readonly confidence: Float64Array;
  readonly truth: Float64Array;
}

/** @throws AppError INVALID_INPUT for arrays of the wrong length, an image without votes, or a row that is not a distribution. */
export function checkPeopleAndNetwork({ images, classes, counts, probabilities }: PeopleAndNetwork): void {
  if (counts.length !== images * classes || probabilities.length !== images * classes)
    throw new AppError("INVALID_INPUT", "Calibration needs votes and probabilities for each class of each image.");
  for (let i = 0; i < images; i++) {
    let [votes, sum] = [0, 0];
    for (let c = 0; c < classes; c++) {
      const [count, p] = [counts[i * classes + c] as number, probabilities[i * classes + c] as number];
      if (!(count >= 0 && p >= 0)) throw new AppError("INVALID_INPUT", `Image ${i} has a negative count or probability.`);
      votes += count;
      sum += p;
    }
    if (votes === 0) throw new AppError("INVALID_INPUT", `Image ${i} has no votes. Leave it out of the calibration.`);
    if (!(Math.abs(sum - 1) < 1e-3)) throw new AppError("INVALID_INPUT", `The probabilities of image ${i} do not sum to 1.`);
  }
}

/** The first of the largest values of each row. */
export function firstLargest(values: ArrayLike<number>, classes: number): Int32Array {
  const label = new Int32Array(values.length / classes);
  for (let i = 0; i < label.length; i++) {
    let best = 0;
    for (let c = 1; c < classes; c++) if ((values[i * classes + c] as number) > (values[i * classes + best] as number)) best = c;
    label[i] = best;
  }
  return label;
}

/** How several equally frequent labels count: each counts 1 / their number, or only the first counts, as in most programs. */
export type Ties = "shared" | "first";

/** @throws AppError INVALID_INPUT as `checkPeopleAndNetwork`. */
export function judge(data: PeopleAndNetwork, truthOf: Truth, tied: Ties = "shared"): Judged {
  checkPeopleAndNetwork(data);
  const { images, classes, counts, probabilities } = data;
  const label = firstLargest(probabilities, classes);
  const confidence = Float64Array.from(label, (c, i) => probabilities[i * classes + c] as number);
  const truth = new Float64Array(images);
  for (let i = 0; i < images; i++) {
    const { votes, most, ties, first } = tally(counts, classes, i);
    const own = counts[i * classes + (label[i] as number)] as number;
    if (truthOf === "shareOfVotes") truth[i] = own / votes;
    else if (tied === "first") truth[i] = label[i] === first ? 1 : 0;
    else truth[i] = own === most ? 1 / ties : 0;
  }
  return { label, confidence, truth };
}

/** Number of votes of an image, the largest count, and how many classes have it and which is the first. */
export function tally(counts: Int32Array, classes: number, image: number): { votes: number; most: number; ties: number; first: number } {
  let [votes, most, ties, first] = [0, 0, 0, 0];
  for (let c = 0; c < classes; c++) {
    const count = counts[image * classes + c] as number;
    votes += count;
    if (count > most) [most, ties, first] = [count, 1, c];
    else if (count === most) ties++;
  }
  return { votes, most, ties, first };
}

/** The rows of these images. */
export function selectImages({ classes, counts, probabilities }: PeopleAndNetwork, images: ArrayLike<number>): PeopleAndNetwork {
  const [selectedCounts, selectedProbabilities] = [new Int32Array(images.length * classes), new Float64Array(images.length * classes)];
  for (let k = 0; k < images.length; k++) {
    const from = (images[k] as number) * classes;
    selectedCounts.set(counts.subarray(from, from + classes), k * classes);
    selectedProbabilities.set(probabilities.subarray(from, from + classes), k * classes);
  }
  return { images: images.length, classes, counts: selectedCounts, probabilities: selectedProbabilities };
}
