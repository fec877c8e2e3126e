/**
 * Tests that some images transfer at 99.99% and that some do not (the paper, section 3.5).
 *
 * Some do. Null hypothesis: the other network's result is unrelated to the class that an image was made for. A network that gives every
 * image the same class matches some images by chance. Runs are the units: of each run, the number of images that match is compared with
 * its mean over all permutations of the classes among the run's images, and the test flips the signs of these differences.
 *
 * Some do not. Null hypothesis: it does not matter for which of the two networks an image was made, so foreign images miss 99.99% no more
 * often than the other network's own images. Runs are the units; the test permutes the origins of the runs of each encoding.
 */
import { smallestP } from "@pareidolia/analysis/mannWhitney";
import { dealStatisticsWithin, permutationP } from "@pareidolia/analysis/permutation";
import { type SignFlipResult, signFlipTest } from "@pareidolia/analysis/signFlipTest";
import { confidentAt, type TransferredImage } from "@pareidolia/analysis/transfer";
import { pRow } from "../findings.ts";
import type { ReportRow } from "../report.ts";

export interface TransferredRun {
  readonly encoding: string;
  readonly images: readonly (TransferredImage & {
    /** The other network's probabilities of all classes. */
    readonly otherProbabilities: Float32Array;
  })[];
}

const judgedPermutations = 999;
const largestP = 0.05;

/**
 * @param runs with images made for one network and scored by another.
 * @param own with images made for that other network and scored by it.
 */
export function judgeTransfer(id: string, runs: readonly TransferredRun[], own: readonly TransferredRun[]): readonly ReportRow[] {
  const some = matchTest(runs);
  return [
    pRow({
      id: `${id}.some`,
      what: `p, one-sided, over sign flips of ${runs.length} runs: more images are at >= .9999 for their class on the other network than with permuted classes`,
      p: some.p,
      smallest: some.smallest,
      level: largestP,
      detail: `${some.matching} of ${runs.flatMap(({ images }) => images).length} images, ${some.permuted.toFixed(1)} with permuted classes`,
    }),
    pRow({
      id: `${id}.not-all`,
      what: `p, one-sided, over ${judgedPermutations} permutations of the runs of an encoding: images made for this network reach >= .9999 on the other less often than the other's own images`,
      p: originPermutationTest(runs, own).p,
      smallest: Math.max(smallestOriginP(runs, own), 1 / (judgedPermutations + 1)),
      level: largestP,
      detail: `share of each run's images at >= .9999: ${runs.length} runs for this network (${shares(runs)}); ${own.length} runs for the other network (${shares(own)})`,
    }),
  ];
}

export interface MatchTest extends SignFlipResult {
  /** Images at .9999 for their class on the other network, and the expected number with permuted classes. */
  readonly matching: number;
  readonly permuted: number;
}

export function matchTest(runs: readonly TransferredRun[]): MatchTest {
  const reaches = (image: TransferredRun["images"][number], ofClass: number): boolean =>
    (image.otherProbabilities[ofClass] as number) >= confidentAt;
  const counts = runs.map(({ images }) => ({
    matching: images.filter((image) => reaches(image, image.targetClass)).length,
    // Under a random permutation, each image gets each of the run's classes with the same probability.
    permuted: images.reduce(
      (sum, image) => sum + images.filter(({ targetClass }) => reaches(image, targetClass)).length / images.length,
      0,
    ),
  }));
  const sumOf = (name: "matching" | "permuted"): number => counts.reduce((sum, count) => sum + count[name], 0);
  return {
    ...signFlipTest(counts.map(({ matching, permuted }) => matching - permuted)),
    matching: sumOf("matching"),
    permuted: sumOf("permuted"),
  };
}

export function originPermutationTest(runs: readonly TransferredRun[], own: readonly TransferredRun[], permutations = judgedPermutations) {
  const all = [...own, ...runs];
  const reached = all.map(shareOf);
  /** Stands for own minus foreign: with equally many runs of each encoding, the sum over the own runs ranks permutations the same way. */
  const ownSum = (order: ArrayLike<number>): number => own.reduce((sum, _, place) => sum + (reached[order[place] as number] as number), 0);
  const observed = ownSum(all.map((_, place) => place));
  const permuted = dealStatisticsWithin(
    all.map(({ encoding }) => encoding),
    ownSum,
    { seed: 1, deals: permutations },
  );
  return { p: permutationP(observed, permuted, "greater") };
}

/** One over the number of ways to choose the own runs of each encoding. */
function smallestOriginP(runs: readonly TransferredRun[], own: readonly TransferredRun[]): number {
  const count = (list: readonly TransferredRun[], encoding: string): number => list.filter((run) => run.encoding === encoding).length;
  return [...new Set(own.map(({ encoding }) => encoding))].reduce(
    (p, encoding) => p * smallestP(count(runs, encoding), count(own, encoding)),
    1,
  );
}

function shareOf({ images }: TransferredRun): number {
  return images.filter(({ otherConfidence }) => otherConfidence >= confidentAt).length / images.length;
}

function shares(runs: readonly TransferredRun[]): string {
  return runs.map((run) => `${run.encoding} ${shareOf(run).toFixed(2)}`).join(", ");
}
