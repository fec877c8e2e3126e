import { summariseTransfer, type TransferredImage } from "@pareidolia/analysis/transfer";
import { Purpose, Random } from "@pareidolia/core/random";
import { type Pair, transferRows } from "@pareidolia/lab/experiments/transfer";
import { judgeTransfer, matchTest, originPermutationTest, type TransferredRun } from "@pareidolia/lab/experiments/transferHypotheses";
import { describe, expect, it } from "vitest";

const mnist: Pair = { set: "MNIST", relation: "same architecture, trained twice", source: "a", other: "b" };
const imagenet: Pair = { ...mnist, set: "ImageNet" };

function image(otherTopClass: number, otherConfidence: number): TransferredImage {
  return { targetClass: 3, sourceTopClass: 3, sourceConfidence: 0.99999, otherTopClass, otherConfidence };
}

describe("the shares of transfer", () => {
  it("on MNIST count images with the same label at 99.99% on the other network", () => {
    const images = [image(3, 0.99995), image(3, 0.6)];
    const rows = transferRows(mnist, [{ images }], summariseTransfer(images));
    expect(rows.map(({ id, figure, bar, finding }) => [id, figure, bar, finding])).toEqual([["transfer.a.b.share", 0.5, "none", true]]);
  });

  it("on ImageNet count images with the same label, and with the label of their own class", () => {
    const sameButNotOwn = { ...image(7, 0.1), sourceTopClass: 7 };
    const images = [image(3, 0.2), image(5, 0.1), image(5, 0.1), sameButNotOwn];
    const rows = transferRows(imagenet, [{ images }], summariseTransfer(images));
    expect(rows.map(({ id, figure, bar }) => [id, figure, bar])).toEqual([
      ["transfer.a.b.same-label", 0.5, "none"],
      ["transfer.a.b.own-class", 0.25, "none"],
    ]);
    expect(rows[0]?.detail).toContain("4 different images");
    expect(rows[0]?.detail).toContain("and the other at >= .9999 0.0%");
  });
});

it("the interval of a share treats the images of one run as one unit", () => {
  const images = (count: number) => Array.from({ length: 10 }, (_, index) => image(3, index < count ? 0.99995 : 0.6));
  const runs = [9, 9, 1, 1, 9, 1].map((count) => ({ images: images(count) }));
  const [row] = transferRows(mnist, runs, summariseTransfer(runs.flatMap((one) => one.images)));
  expect(row).toMatchObject({ figure: 0.5, interval: { unit: "runs", units: 6 } });
  // Sixty independent images would give .38 to .62.
  expect(row?.interval?.low).toBeLessThan(0.05);
  expect(row?.interval?.high).toBeGreaterThan(0.95);
});

const classes = 10;

/** Ten images, one per class; `answers` gives the class that the other network assigns at .99999, or null below. */
function run(encoding: string, answers: (target: number) => number | null): TransferredRun {
  const images = Array.from({ length: classes }, (_, target) => {
    const answer = answers(target);
    const otherProbabilities = new Float32Array(classes).fill(answer === null ? 0.1 : 1e-6);
    if (answer !== null) otherProbabilities[answer] = 0.99999;
    const otherConfidence = otherProbabilities[target] as number;
    return { ...image(answer ?? 0, otherConfidence), targetClass: target, otherProbabilities };
  });
  return { encoding, images };
}

const three = (encoding: string, answers: (target: number) => number | null) => [1, 2, 3].map(() => run(encoding, answers));
const six = (answers: (target: number) => number | null) => [...three("direct", answers), ...three("cppn", answers)];
const most = (target: number) => (target < 8 ? target : null);

describe("the null hypotheses of transfer at 99.99%", () => {
  it("let both claims hold if the other network recognises most images, but fewer than its own", () => {
    const rows = judgeTransfer(
      "t",
      six(most),
      six((target) => target),
    );
    expect(rows.map(({ id, holds, finding }) => [id, holds, finding])).toEqual([
      ["t.some", true, true],
      ["t.not-all", true, true],
    ]);
    expect(rows[0]?.detail).toBe("48 of 60 images, 4.8 with permuted classes; the smallest p that this test can give is 0.016");
    expect(rows[0]?.figure).toBe(1 / 64);
  });

  it("find no transfer if the other network assigns every image the same class, which some images match by chance", () => {
    // Six of sixty images reach .9999 in their class, by chance.
    const [some] = judgeTransfer(
      "t",
      six(() => 8),
      six((target) => target),
    );
    expect(some).toMatchObject({ holds: false, figure: 1 });
  });

  it("find no specificity if the other network's own images miss as often", () => {
    // Twelve of sixty fall short, the same as for the network's own images.
    const [, notAll] = judgeTransfer("t", six(most), six(most));
    expect(notAll?.holds).toBe(false);
  });

  it("need enough runs for their level", () => {
    const one = (answers: (target: number) => number | null) => [run("direct", answers), run("cppn", answers)];
    const [, notAll] = judgeTransfer(
      "t",
      one(most),
      one((target) => target),
    );
    expect(notAll).toMatchObject({ figure: null, holds: false, detail: expect.stringContaining("needs more units") });
  });

  it("keep their level for dependent images of a run", () => {
    const simulations = 200;
    let [some, notAll] = [0, 0];
    for (let index = 0; index < simulations; index++) {
      const random = new Random({ seed: 3, generation: 0, index, purpose: Purpose.NOISE });
      // Each run has its own rate of confident answers of the other network, whose classes are independent of the images.
      const draw = (isRight: boolean) => {
        const rate = random.uniform();
        return (target: number) => (random.uniform() > rate ? null : isRight ? target : random.below(classes));
      };
      const runs = (isRight: boolean) =>
        ["direct", "direct", "direct", "cppn", "cppn", "cppn"].map((encoding) => run(encoding, draw(isRight)));
      if (matchTest(runs(false)).p < 0.05) some++;
      if (originPermutationTest(runs(true), runs(true), 199).p < 0.05) notAll++;
    }
    const bound = 0.05 + 2 * Math.sqrt((0.05 * 0.95) / simulations);
    expect(some / simulations).toBeLessThanOrEqual(bound);
    expect(notAll / simulations).toBeLessThanOrEqual(bound);
  });
});
