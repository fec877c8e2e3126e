import type { Views } from "@pareidolia/analysis/detectors/detector";
import { detectors } from "@pareidolia/analysis/detectors/registry";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { FloatImage } from "@pareidolia/core/image";
import { describe, expect, it } from "vitest";

/** A network with two pixels and three classes: the logits are a matrix times pixels / 255. */
const matrix = [
  [3, -1],
  [0, 2],
  [-2, 1],
];

function logitsOf({ pixels }: FloatImage): number[] {
  return matrix.map(([a = 0, b = 0]) => (a * (pixels[0] ?? 0) + b * (pixels[1] ?? 0)) / 255);
}

function softmax(logits: readonly number[]): number[] {
  const total = logits.reduce((sum, value) => sum + Math.exp(value), 0);
  return logits.map((value) => Math.exp(value) / total);
}

const linear: DifferentiableClassifier = {
  modelHash: "linear",
  engine: "by hand",
  input: { width: 2, height: 1, channels: 1 },
  labels: ["a", "b", "c"],
  async predict(images) {
    return { count: images.length, classes: 3, probabilities: Float32Array.from(images.flatMap((image) => softmax(logitsOf(image)))) };
  },
  async scoreWithLogits(images) {
    return { ...(await linear.predict(images)), logits: Float32Array.from(images.flatMap(logitsOf)) };
  },
  async inputGradients(images, { of, weights }) {
    expect(of).toBe("logits");
    const gradients = images.flatMap((_, image) =>
      [0, 1].map((pixel) => matrix.reduce((sum, row, label) => sum + ((weights[image * 3 + label] ?? 0) * (row[pixel] ?? 0)) / 255, 0)),
    );
    return { ...(await linear.scoreWithLogits(images)), gradients: Float32Array.from(gradients) };
  },
  dispose: () => Promise.resolve(),
};

const images = [
  [255, 0],
  [0, 255],
  [100, 120],
].map((pixels): FloatImage => ({ ...linear.input, pixels: Float32Array.from(pixels) }));

describe("detectors", () => {
  const scoreBy = async (id: string, views: readonly Views[] = images.map((image) => [image])): Promise<Float64Array> => {
    const detector = detectors.find((candidate) => candidate.id === id);
    if (detector === undefined) throw new Error(`There is no detector ${id}.`);
    return detector.score(linear, views);
  };

  it("score by the largest probability", async () => {
    const expected = images.map((image) => Math.max(...softmax(logitsOf(image))));
    for (const [index, score] of (await scoreBy("maximum-softmax")).entries()) expect(score).toBeCloseTo(expected[index] as number, 6);
  });

  it("score by the energy: log(e^3 + 1 + e^-2) for the first image", async () => {
    expect((await scoreBy("energy"))[0]).toBeCloseTo(Math.log(Math.exp(3) + 1 + Math.exp(-2)), 6);
  });

  it("score by ODIN: a step of .0014 along the sign of the gradient, then the softmax at temperature 1,000", async () => {
    const step = 0.0014 * 255;
    const stepped = [
      // The top class is a; its logit minus the mean logit rises with the first pixel and falls with the second, which is at 0.
      [255, 0],
      // The top class is b: its weights minus the mean weights are (-1/3, 4/3); the first pixel is at 0, the second at 255.
      [0, 255],
      // Logits .706, .941, -.314: the top class is b again.
      [100 - step, 120 + step],
    ];
    const scores = await scoreBy("odin");
    for (const [index, pixels] of stepped.entries()) {
      const logits = logitsOf({ ...linear.input, pixels: Float32Array.from(pixels) });
      expect(scores[index]).toBeCloseTo(Math.max(...softmax(logits.map((value) => value / 1000))), 8);
    }
  });

  it("do not overflow on logits of thousands", async () => {
    const huge = {
      ...linear,
      scoreWithLogits: async () => ({
        count: 1,
        classes: 3,
        probabilities: Float32Array.of(1, 0, 0),
        logits: Float32Array.of(5000, 10, -5000),
      }),
    };
    const energy = detectors.find(({ id }) => id === "energy");
    expect((await energy?.score(huge, [images.slice(0, 1)]))?.[0]).toBeCloseTo(5000, 3);
  });

  it.each(["odin", "energy"])("score each view separately and take the mean with %s", async (id) => {
    const single = await scoreBy(id);
    const [first = Number.NaN, second = Number.NaN, third = Number.NaN] = single;
    const [a, b, c] = images as [FloatImage, FloatImage, FloatImage];
    const [ab, cc] = await scoreBy(id, [
      [a, b],
      [c, c],
    ]);
    expect(ab).toBeCloseTo((first + second) / 2, 9);
    expect(cc).toBeCloseTo(third, 9);
  });

  it("take the maximum of the views' mean softmax, as in a search, not the mean of the maxima", async () => {
    const [a, b] = images as [FloatImage, FloatImage, FloatImage];
    const rows = [a, b].map((view) => softmax(logitsOf(view)));
    const mean = [0, 1, 2].map((label) => rows.reduce((sum, row) => sum + (row[label] ?? 0) / 2, 0));
    expect((await scoreBy("maximum-softmax", [[a, b]]))[0]).toBeCloseTo(Math.max(...mean), 6);
  });
});
