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

  it("on ImageNet goes by the first label, the same and that of the image's own class, and says all shares", () => {
    const sameButNotOwn = { ...image(7, 0.1), sourceTopClass: 7 };
    const rows = judgeTransfer(imagenet, summariseTransfer([image(3, 0.2), image(5, 0.1), image(5, 0.1), sameButNotOwn]));
    expect(rows.map(({ id, figure, holds, finding }) => [id, figure, holds, finding])).toEqual([
      ["transfer.a.b.some", 0.5, true, true],
      ["transfer.a.b.not-all", 0.5, true, true],
      ["transfer.a.b.own-class.some", 0.25, true, true],
      ["transfer.a.b.own-class.not-all", 0.25, true, true],
    ]);
    expect(rows[0]?.detail).toContain("4 different images");
    expect(rows[0]?.detail).toContain("and the other at >= .9999 0.0%");
  });
});
