/**
 * Tests that some images transfer at 99.99% and that some do not (the paper, section 3.5).
 *
 * Some do. Null hypothesis: the other network's result is unrelated to the class that an image was made for. A network that gives every
 * image the same class matches some by chance. The test shuffles the classes among the images of each run.
 *
 * Some do not. Null hypothesis: it does not matter for which of the two networks an image was made, so foreign images miss 99.99% no more
 * often than the other network's own. Runs are the units; the test shuffles their origin among the runs of an encoding.
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

const judgedDeals = 999;
const largestP = 0.05;

/**
 * @param runs made for one network and scored by another.
 * @param own made for that other network and scored by it.
 */
export function judgeTransfer(id: string, runs: readonly TransferredRun[], own: readonly TransferredRun[]): readonly ReportRow[] {
  const some = classDeals(runs);
  const isEnough = smallestOriginP(runs, own) < largestP;
  return [
    judge({
      id: `${id}.some`,
      finding: true,
      what: `p, one-sided, over ${judgedDeals} permutations of the classes within each run: more images are at >= .9999 on the other network in their class than by chance`,
      figure: some.p,
      bar: { below: largestP },
      detail: `${some.observed} of ${runs.flatMap(({ images }) => images).length} images, ${some.dealt.toFixed(1)} with permuted classes`,
    }),
    judge({
      id: `${id}.not-all`,
      finding: true,
      what: `p, one-sided, over ${judgedDeals} permutations of the runs of an encoding: images made for this network are at >= .9999 on the other less often than the other's own images`,
      figure: isEnough ? originDeals(runs, own).p : null,
      bar: { below: largestP },
      detail: `${isEnough ? "" : "needs more runs; "}share of a run's images at >= .9999: ${runs.length} runs made for this network ${shares(runs)}; ${own.length} runs of the other's own ${shares(own)}`,
    }),
  ];
}

export function classDeals(runs: readonly TransferredRun[], deals = judgedDeals) {
  const images = runs.flatMap((run, index) => run.images.map((image) => ({ ...image, run: index })));
  const count = (deal: ArrayLike<number>): number =>
    images.filter(({ otherProbabilities }, place) => {
      const dealtClass = images[deal[place] as number]?.targetClass as number;
      return (otherProbabilities[dealtClass] as number) >= confidentAt;
    }).length;
  const observed = count(images.map((_, place) => place));
  const dealt = dealStatisticsWithin(
    images.map(({ run }) => run),
    count,
    { seed: 1, deals },
  );
  return { observed, dealt: mean(dealt), p: permutationP(observed, dealt, "greater") };
}

export function originDeals(runs: readonly TransferredRun[], own: readonly TransferredRun[], deals = judgedDeals) {
  const all = [...own, ...runs];
  const reached = all.map(shareOf);
  /** Own minus foreign. Both have equally many runs of each encoding, so the sum over the own runs ranks the permutations identically. */
  const ownSum = (deal: ArrayLike<number>): number => own.reduce((sum, _, place) => sum + (reached[deal[place] as number] as number), 0);
  const observed = ownSum(all.map((_, place) => place));
  const dealt = dealStatisticsWithin(
    all.map(({ encoding }) => encoding),
    ownSum,
    { seed: 1, deals },
  );
  return { p: permutationP(observed, dealt, "greater") };
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
