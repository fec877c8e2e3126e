import { summariseTransfer, type TransferredImage } from "@pareidolia/analysis/transfer";
import { judgeTransfer, type Pair } from "@pareidolia/lab/experiments/transfer";
import { describe, expect, it } from "vitest";

const mnist: Pair = { set: "MNIST", relation: "same architecture, trained twice", source: "a", other: "b" };
const imagenet: Pair = { ...mnist, set: "ImageNet" };

function image(otherTopClass: number, otherConfidence: number): TransferredImage {
  return { targetClass: 3, sourceTopClass: 3, sourceConfidence: 0.99999, otherTopClass, otherConfidence };
}

function verdicts(pair: Pair, images: readonly TransferredImage[]) {
  return judgeTransfer(pair, summariseTransfer(images)).map(({ id, figure, holds }) => [id, figure, holds]);
}

describe("transfer", () => {
  it("on MNIST takes the images that the other network labels alike and at 99.99%, which may be some though all have the same label", () => {
    expect(verdicts(mnist, [image(3, 0.99995), image(3, 0.6)])).toEqual([
      ["transfer.a.b.some", 0.5, true],
      ["transfer.a.b.not-all", 0.5, true],
    ]);
  });

  it("does not hold where all images, or none, are at 99.99% on both", () => {
    expect(verdicts(mnist, [image(3, 0.99995)])).toEqual([
      ["transfer.a.b.some", 1, true],
      ["transfer.a.b.not-all", 1, false],
    ]);
    expect(verdicts(mnist, [image(3, 0.9), image(5, 0.1)])).toEqual([
      ["transfer.a.b.some", 0, false],
      ["transfer.a.b.not-all", 0, true],
    ]);
  });

  it("on ImageNet goes by the first label, and says both shares", () => {
    const rows = judgeTransfer(imagenet, summariseTransfer([image(3, 0.2), image(5, 0.1)]));
    expect(rows.map(({ figure, holds, finding }) => [figure, holds, finding])).toEqual([
      [0.5, true, true],
      [0.5, true, true],
    ]);
    expect(rows[0]?.detail).toContain("and the other at >= .9999 0.0%");
  });
});
