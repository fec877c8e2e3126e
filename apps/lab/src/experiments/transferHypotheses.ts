/**
 * Tests that some images transfer at 99.99% and that some do not (the paper, section 3.5).
 *
 * Some do. Null hypothesis: the other network's result is unrelated to the class that an image was made for. A network that gives every
 * image the same class matches some images by chance. The test permutes the classes among the images of each run.
 *
 * Some do not. Null hypothesis: it does not matter for which of the two networks an image was made, so foreign images miss 99.99% no more
 * often than the other network's own images. Runs are the units; the test permutes the origins of the runs of each encoding.
 */
import { smallestP } from "@pareidolia/analysis/mannWhitney";
import { dealStatisticsWithin, permutationP } from "@pareidolia/analysis/permutation";
import { confidentAt, type TransferredImage } from "@pareidolia/analysis/transfer";
import { judge, type ReportRow } from "../report.ts";

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
  const some = classPermutationTest(runs);
  const isEnough = smallestOriginP(runs, own) < largestP;
  return [
    judge({
      id: `${id}.some`,
      finding: true,
      what: `p, one-sided, over ${judgedPermutations} permutations of the classes within each run: more images are at >= .9999 for their class on the other network than by chance`,
      figure: some.p,
      bar: { below: largestP },
      detail: `${some.observed} of ${runs.flatMap(({ images }) => images).length} images, ${some.permuted.toFixed(1)} with permuted classes`,
    }),
    judge({
      id: `${id}.not-all`,
      finding: true,
      what: `p, one-sided, over ${judgedPermutations} permutations of the runs of an encoding: images made for this network reach >= .9999 on the other less often than the other's own images`,
      figure: isEnough ? originPermutationTest(runs, own).p : null,
      bar: { below: largestP },
      detail: `${isEnough ? "" : "needs more runs; "}share of each run's images at >= .9999: ${runs.length} runs for this network (${shares(runs)}); ${own.length} runs for the other network (${shares(own)})`,
    }),
  ];
}

export function classPermutationTest(runs: readonly TransferredRun[], permutations = judgedPermutations) {
  const images = runs.flatMap((run, index) => run.images.map((image) => ({ ...image, run: index })));
  const count = (order: ArrayLike<number>): number =>
    images.filter(({ otherProbabilities }, place) => {
      const permutedClass = images[order[place] as number]?.targetClass as number;
      return (otherProbabilities[permutedClass] as number) >= confidentAt;
    }).length;
  const observed = count(images.map((_, place) => place));
  const permuted = dealStatisticsWithin(
    images.map(({ run }) => run),
    count,
    { seed: 1, deals: permutations },
  );
  return { observed, permuted: mean(permuted), p: permutationP(observed, permuted, "greater") };
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

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
