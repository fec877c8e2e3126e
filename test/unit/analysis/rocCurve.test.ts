import { detectors } from "@pareidolia/analysis/detectors/registry";
import { areaUnderRoc, bootstrapOfTwo, falsePositiveRateAt, rocCurve } from "@pareidolia/analysis/rocCurve";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { FloatImage } from "@pareidolia/core/image";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Few different values, so that ties are common. */
const scores = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 30 });

describe("the ROC curve", () => {
  it("has the area that counting pairs by hand gives", () => {
    // Pairs won: .9 beats all three, .6 beats .5 and .1, .5 beats .1 and ties .5: (3 + 2 + 1.5) of 9.
    expect(areaUnderRoc([0.9, 0.6, 0.5], [0.5, 0.7, 0.1])).toBeCloseTo(6.5 / 9, 12);
    expect(areaUnderRoc([2, 3], [0, 1])).toBe(1);
    expect(areaUnderRoc([0, 1], [2, 3])).toBe(0);
    expect(areaUnderRoc([5, 5], [5, 5, 5])).toBe(0.5);
  });

  it("counts, for any scores, the pairs in which the positive is higher, a tie as half", () => {
    fc.assert(
      fc.property(scores, scores, (positives, negatives) => {
        let won = 0;
        for (const positive of positives)
          for (const negative of negatives) won += positive > negative ? 1 : positive === negative ? 0.5 : 0;
        expect(areaUnderRoc(positives, negatives)).toBeCloseTo(won / (positives.length * negatives.length), 9);
      }),
    );
  });

  it("does not change when scores are stretched, and turns over when the kinds are swapped", () => {
    fc.assert(
      fc.property(scores, scores, (positives, negatives) => {
        const area = areaUnderRoc(positives, negatives);
        const stretch = (value: number): number => value ** 3 + 7;
        expect(areaUnderRoc(positives.map(stretch), negatives.map(stretch))).toBeCloseTo(area, 9);
        expect(areaUnderRoc(negatives, positives)).toBeCloseTo(1 - area, 9);
      }),
    );
  });

  it("rises from nothing to everything without a step back", () => {
    fc.assert(
      fc.property(scores, scores, (positives, negatives) => {
        const points = rocCurve(positives, negatives);
        expect(points[0]).toMatchObject({ falsePositiveRate: 0, truePositiveRate: 0 });
        expect(points.at(-1)).toMatchObject({ falsePositiveRate: 1, truePositiveRate: 1 });
        for (const [index, point] of points.slice(1).entries()) {
          expect(point.threshold).toBeLessThan(points[index]?.threshold ?? Number.NaN);
          expect(point.truePositiveRate).toBeGreaterThanOrEqual(points[index]?.truePositiveRate ?? Number.NaN);
          expect(point.falsePositiveRate).toBeGreaterThanOrEqual(points[index]?.falsePositiveRate ?? Number.NaN);
        }
      }),
    );
  });

  it("tells how many negatives pass the threshold that 95% of the positives pass", () => {
    const positives = Array.from({ length: 20 }, (_, index) => index + 1);
    // 19 of 20 pass at 2; of the negatives 2 and 9 pass there, 1.5 and 0 do not.
    expect(falsePositiveRateAt(positives, [1.5, 2, 9, 0])).toBe(0.5);
    expect(falsePositiveRateAt([2, 3], [0, 1])).toBe(0);
    expect(falsePositiveRateAt([0, 1], [2, 3])).toBe(1);
  });

  it("refuses an empty kind and a score that is no number", () => {
    expect(() => areaUnderRoc([], [1])).toThrow("both kinds");
    expect(() => areaUnderRoc([1], [Number.NaN])).toThrow("not a number");
  });

  it("comes with an interval that holds it, is the same for one seed, and narrows with more images", () => {
    const sample = (count: number, shift: number): number[] =>
      Array.from({ length: count }, (_, index) => ((index * 37) % 101) / 100 + shift);
    const few = bootstrapOfTwo(sample(20, 0.3), sample(20, 0), areaUnderRoc, { seed: 1, resamples: 300 });
    const many = bootstrapOfTwo(sample(400, 0.3), sample(400, 0), areaUnderRoc, { seed: 1, resamples: 300 });
    expect(few).toEqual(bootstrapOfTwo(sample(20, 0.3), sample(20, 0), areaUnderRoc, { seed: 1, resamples: 300 }));
    for (const { estimate, low, high } of [few, many]) {
      expect(low).toBeLessThan(estimate);
      expect(high).toBeGreaterThan(estimate);
    }
    expect(many.high - many.low).toBeLessThan((few.high - few.low) / 2);
  });
});

/** Two pixels, three classes: the logits are a matrix times the pixels / 255. */
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

const pictures = [
  [255, 0],
  [0, 255],
  [100, 120],
].map((pixels): FloatImage => ({ ...linear.input, pixels: Float32Array.from(pixels) }));

describe("detectors", () => {
  const scoreBy = async (id: string): Promise<Float64Array> => {
    const detector = detectors.find((candidate) => candidate.id === id);
    if (detector === undefined) throw new Error(`There is no detector ${id}.`);
    return detector.score(linear, pictures);
  };

  it("score by the largest probability", async () => {
    const expected = pictures.map((picture) => Math.max(...softmax(logitsOf(picture))));
    for (const [index, score] of (await scoreBy("maximum-softmax")).entries()) expect(score).toBeCloseTo(expected[index] as number, 6);
  });

  it("score by the energy: log(e^3 + 1 + e^-2) for the first picture", async () => {
    expect((await scoreBy("energy"))[0]).toBeCloseTo(Math.log(Math.exp(3) + 1 + Math.exp(-2)), 6);
  });

  it("score by ODIN: a step of .0014 along the sign of the gradient, then the softmax at temperature 1,000", async () => {
    const step = 0.0014 * 255;
    const stepped = [
      // The top class is a; its logit less the mean of all rises with the first pixel and falls with the second, which is at 0.
      [255, 0],
      // The top class is b: its weights less the mean's are (-1/3, 4/3); the first pixel is at 0, the second at 255.
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
    expect((await energy?.score(huge, pictures.slice(0, 1)))?.[0]).toBeCloseTo(5000, 3);
  });
});
