/** The ascent's guarantees: the paper's step, milestones on stored bytes, end conditions, and a restorable state. */

import { ascentParameters } from "@pareidolia/ascent/ascentParameters";
import { type AscentOptions, GradientAscent } from "@pareidolia/ascent/gradientAscent";
import { networkMean } from "@pareidolia/ascent/networkMean";
import { ascentPresets } from "@pareidolia/ascent/presets";
import { runAscent, stepAscent } from "@pareidolia/ascent/runAscent";
import type { InputGradients } from "@pareidolia/core/differentiableClassifier";
import { type FloatImage, quantiseImage } from "@pareidolia/core/image";
import { describe, expect, it } from "vitest";
import { classes, errorOf, linear, shape } from "../../support/ascentCases.ts";

const size = shape.width * shape.height * shape.channels;
const pairs = [
  { classIndex: 1, seed: 5 },
  { classIndex: 4, seed: 6 },
];

function create(parameters: Readonly<Record<string, unknown>> = {}, more: Partial<AscentOptions> = {}): GradientAscent {
  return new GradientAscent({ shape, classes, pairs, parameters, ...more });
}

/** Completes a step with these probabilities for every image's class and a constant gradient. */
function tell(ascent: GradientAscent, answer: { float: number; stored: number; gradient?: number }) {
  const { images, scored } = ascent.ask();
  const fill = (count: number, value: number): Float32Array => new Float32Array(count * classes).fill(value);
  const gradients: InputGradients = {
    count: images.length,
    classes,
    probabilities: fill(images.length, answer.float),
    logits: fill(images.length, 0),
    gradients: new Float32Array(images.length * size).fill(answer.gradient ?? 0.001),
  };
  return ascent.tell(gradients, { count: scored.length, classes, probabilities: fill(scored.length, answer.stored) });
}

const descriptionOf = (name: string) => ascentParameters.find((spec) => spec.name === name)?.description;

const greyImage = (value: number): FloatImage => ({ ...shape, pixels: new Float32Array(size).fill(value) });

describe("a gradient ascent", () => {
  it("steps by the paper's rule: min(early, late x (1 - p)) / |g|^2 along the gradient", () => {
    const start = [{ classIndex: 0, seed: 1, image: greyImage(100) }];
    const early = create({ start: "image", earlyProgress: 0.02, lateMultiplier: 0.1 }, { pairs: start });
    tell(early, { float: 0.1, stored: 0.1, gradient: 0.001 });
    expect(early.ask().images[0]?.pixels[7]).toBeCloseTo(100 + (0.02 / (size * 1e-6)) * 0.001, 4);
    const late = create({ start: "image", earlyProgress: 0.02, lateMultiplier: 0.1 }, { pairs: start });
    tell(late, { float: 0.9, stored: 0.1, gradient: 0.001 });
    expect(late.ask().images[0]?.pixels[7]).toBeCloseTo(100 + (0.01 / (size * 1e-6)) * 0.001, 4);
    const capped = create({ start: "image", largestRate: 100 }, { pairs: start });
    tell(capped, { float: 0.1, stored: 0.1, gradient: 0.001 });
    expect(capped.ask().images[0]?.pixels[7]).toBeCloseTo(100.1, 4);
  });

  it("moves every pixel by the step size with Adam's first step, at any scale of the gradient", () => {
    for (const gradient of [1e-12, 5]) {
      const ascent = create(
        { start: "image", updateRule: "adam", stepSize: 2 },
        { pairs: [{ classIndex: 0, seed: 1, image: greyImage(100) }] },
      );
      tell(ascent, { float: 0.1, stored: 0.1, gradient });
      expect(ascent.ask().images[0]?.pixels[0]).toBeCloseTo(102, 2);
    }
  });

  it("follows only the gradient's direction with Adam, as its description states", () => {
    const ascent = create(
      { start: "image", updateRule: "adam", stepSize: 2 },
      { pairs: [{ classIndex: 0, seed: 1, image: greyImage(100) }] },
    );
    for (const gradient of [5, 1e-6]) tell(ascent, { float: 0.1, stored: 0.1, gradient });
    expect(ascent.ask().images[0]?.pixels[0]).toBeCloseTo(104, 2);
    expect(descriptionOf("updateRule")).toMatch(/Adam .* scaled to a root mean square of 1/);
    const byAdam = ascentPresets.filter(({ values }) => values["updateRule"] === "adam");
    expect(byAdam.map(({ description }) => description)).toEqual([expect.stringContaining("root mean square of 1")]);
  });

  it("decays towards the given mean of each channel", () => {
    const options = { pairs: [{ classIndex: 0, seed: 1, image: greyImage(200) }], mean: [100, 200, 50] };
    const ascent = create({ start: "image", decay: 0.5, updateRule: "constant", stepSize: 1e-9 }, options);
    tell(ascent, { float: 0.1, stored: 0.1 });
    const [red, green, blue] = ascent.ask().images[0]?.pixels ?? [];
    expect(red).toBeCloseTo(150, 4);
    expect(green).toBeCloseTo(200, 4);
    expect(blue).toBeCloseTo(125, 4);
  });

  it("stays within 0 to 255 for any step size", async () => {
    const ascent = create({ updateRule: "constant", stepSize: 1e9, iterations: 6, start: "uniform" });
    while (!ascent.isDone) {
      for (const { pixels } of ascent.ask().images) expect(pixels.every((value) => value >= 0 && value <= 255)).toBe(true);
      await stepAscent({ ascent, classifier: linear() });
    }
    expect(ascent.results[0]?.last?.image.pixels.some((value) => value === 255)).toBe(true);
  });

  it("reaches a milestone when the stored bytes do, and records the float value too", () => {
    const ascent = create();
    expect(tell(ascent, { float: 0.95, stored: 0.4 }).milestones).toEqual([]);
    const { milestones } = tell(ascent, { float: 0.9, stored: 0.93 });
    const stored = milestones[0]?.milestone;
    expect(milestones.map(({ pair, milestone }) => [pair, milestone.level])).toEqual([
      [0, 0.5],
      [0, 0.9],
      [1, 0.5],
      [1, 0.9],
    ]);
    expect(stored).toMatchObject({ step: 1, confidence: Math.fround(0.9), storedConfidence: Math.fround(0.93) });
    expect(tell(ascent, { float: 0.2, stored: 0.2 }).milestones).toEqual([]);
    expect(tell(ascent, { float: 0.99, stored: 0.95 }).milestones).toEqual([]);
    expect(tell(ascent, { float: 0.999, stored: 0.9995 }).milestones.map(({ milestone }) => milestone.level)).toEqual([
      0.99, 0.999, 0.99, 0.999,
    ]);
    expect(ascent.results[0]?.best?.step).toBe(4);
  });

  it("stores the bytes of the evaluated image at a milestone", () => {
    const ascent = create();
    const request = ascent.ask();
    tell(ascent, { float: 0.6, stored: 0.6 });
    expect(ascent.results[1]?.milestones[0]?.image).toEqual(quantiseImage(request.images[1] as FloatImage));
    expect([...(request.scored[1]?.pixels ?? [])]).toEqual([...(ascent.results[1]?.milestones[0]?.image.pixels ?? [])]);
  });

  it("keeps the stored bytes of the start image", async () => {
    const ascent = create({ start: "uniform", iterations: 5 });
    const request = ascent.ask();
    expect(ascent.results.map(({ start }) => start)).toEqual([null, null]);
    tell(ascent, { float: 0.2, stored: 0.1 });
    tell(ascent, { float: 0.9, stored: 0.95 });
    for (const [index, { start, last }] of ascent.results.entries()) {
      expect(start).toMatchObject({ step: 0, confidence: Math.fround(0.2), storedConfidence: Math.fround(0.1) });
      expect(start?.image).toEqual(quantiseImage(request.images[index] as FloatImage));
      expect(last?.step).toBe(1);
    }
  });

  it("ends at the target on stored bytes, at the budget, or without a gradient, and then leaves the batch", () => {
    const target = create({ targetConfidence: 0.9 });
    tell(target, { float: 0.95, stored: 0.89 });
    expect(target.isDone).toBe(false);
    expect(tell(target, { float: 0.1, stored: 0.9001 }).ended).toEqual([0, 1]);
    expect(target.results.map(({ end }) => end)).toEqual(["target", "target"]);
    expect(target.ask().images).toEqual([]);
    const budget = create({ iterations: 2 });
    tell(budget, { float: 0.1, stored: 0.1 });
    tell(budget, { float: 0.1, stored: 0.1 });
    expect(budget.results[0]).toMatchObject({ end: "budget", last: { step: 1 } });
    for (const gradient of [0, Number.NaN, Number.POSITIVE_INFINITY]) {
      const lost = create();
      tell(lost, { float: 0.1, stored: 0.1, gradient });
      expect(lost.results.map(({ end }) => end)).toEqual(["no-gradient", "no-gradient"]);
    }
  });

  it("continues the other pairs when one ends, with the same bytes as alone", async () => {
    const parameters = { iterations: 400, objective: "log-posterior", updateRule: "adam", targetConfidence: 0.75, traceEvery: 1 };
    const together = create(parameters);
    await runAscent({ ascent: together, classifier: linear() });
    const steps = together.results.map(({ last }) => last?.step ?? 0);
    expect(new Set(steps).size).toBe(2);
    for (const [index, pair] of pairs.entries()) {
      const alone = create(parameters, { pairs: [pair] });
      await runAscent({ ascent: alone, classifier: linear() });
      expect(alone.results[0]).toEqual(together.results[index]);
    }
  });

  it("records every n-th step and the last", async () => {
    const ascent = create({ iterations: 12, traceEvery: 5 });
    await runAscent({ ascent, classifier: linear() });
    expect(ascent.results[0]?.trace.map(({ step }) => step)).toEqual([0, 5, 10, 11]);
    expect(ascent.results[0]?.trace.map(({ stepSize }) => stepSize > 0)).toEqual([true, true, true, false]);
  });

  it.each([
    ["progress", {}],
    ["Adam with jitter", { updateRule: "adam", objective: "logit", jitter: 2, totalVariation: 0.1 }],
    ["blur and clipping", { blurSigma: 0.5, blurEvery: 3, smallNormPercentile: 20, decay: 0.01, start: "uniform" }],
  ])("ends in the same bytes after a restore halfway, by %s", async (_, given) => {
    const parameters = { ...given, iterations: 30, traceEvery: 3 };
    const undisturbed = create(parameters);
    await runAscent({ ascent: undisturbed, classifier: linear() });
    const first = create(parameters);
    for (let step = 0; step < 13; step++) await stepAscent({ ascent: first, classifier: linear() });
    const bytes = first.serialise();
    const second = create(parameters);
    second.restore(bytes);
    expect(second.serialise()).toEqual(bytes);
    expect(second.step).toBe(13);
    await runAscent({ ascent: second, classifier: linear() });
    expect(second.serialise()).toEqual(undisturbed.serialise());
    expect(second.results).toEqual(undisturbed.results);
  });

  it("restores ended pairs too", async () => {
    const parameters = { iterations: 400, objective: "log-posterior", updateRule: "adam", targetConfidence: 0.75 };
    const first = create(parameters);
    while (first.results.every(({ end }) => end === null)) await stepAscent({ ascent: first, classifier: linear() });
    const second = create(parameters);
    second.restore(first.serialise());
    await runAscent({ ascent: first, classifier: linear() });
    await runAscent({ ascent: second, classifier: linear() });
    expect(second.results).toEqual(first.results);
  });

  it("rejects damaged bytes and the state of other settings, seeds or shapes as corrupt data, and stays unchanged", async () => {
    const ascent = create({ iterations: 5 });
    await stepAscent({ ascent, classifier: linear() });
    const bytes = ascent.serialise();
    const others = [
      create({ iterations: 6 }),
      create({ iterations: 5 }, { pairs: [{ classIndex: 1, seed: 5 }] }),
      create({ iterations: 5 }, { mean: [3] }),
      create({ iterations: 5, updateRule: "adam" }),
    ];
    for (const other of others) expect(await errorOf(() => other.restore(bytes))).toMatchObject({ code: "CORRUPT_DATA" });
    const same = create({ iterations: 5 });
    for (const wrong of [bytes.slice(0, -1), Uint8Array.of(...bytes, 0), new Uint8Array(0), bytes.map((b) => b ^ 0xff), bytes.slice(0, 40)])
      expect(await errorOf(() => same.restore(wrong))).toMatchObject({ code: "CORRUPT_DATA" });
    expect(same.step).toBe(0);
  });

  it("rejects results that do not match the request, and stays unchanged", async () => {
    const ascent = create();
    const before = ascent.serialise();
    const { images, of, weights } = create({}, { pairs: [{ classIndex: 0, seed: 0 }] }).ask();
    const gradients = await linear().inputGradients(images, { of, weights });
    expect(await errorOf(() => ascent.tell(gradients, gradients))).toMatchObject({ code: "INVALID_INPUT" });
    expect(ascent.serialise()).toEqual(before);
  });

  it("rejects a blur below 0.3, and a start image that is missing, unused or of another size", async () => {
    expect(await errorOf(() => create({ blurSigma: 0.2 }))).toMatchObject({ code: "INVALID_INPUT", field: "parameters.blurSigma" });
    expect(await errorOf(() => create({ start: "image" }))).toMatchObject({ field: "parameters.start" });
    const image = greyImage(1);
    expect(await errorOf(() => create({}, { pairs: [{ classIndex: 0, seed: 1, image }] }))).toMatchObject({ field: "parameters.start" });
    const other = { ...image, width: 5, height: 7 };
    expect(await errorOf(() => create({ start: "image" }, { pairs: [{ classIndex: 0, seed: 1, image: other }] }))).toMatchObject({
      field: "image",
    });
    expect(await errorOf(() => create({}, { pairs: [] }))).toMatchObject({ code: "INVALID_INPUT" });
    expect(await errorOf(() => create({}, { mean: [1, 2] }))).toMatchObject({ field: "mean" });
  });

  it("starts at the mean plus noise of the given deviation", () => {
    const wide = { width: 60, height: 60, channels: 3 } as const;
    const ascent = create({ startNoise: 10 }, { shape: wide, mean: [80, 120, 160], pairs: [{ classIndex: 0, seed: 3 }] });
    const pixels = ascent.ask().images[0]?.pixels ?? new Float32Array(0);
    for (const [channel, mean] of [80, 120, 160].entries()) {
      const own = pixels.filter((_, i) => i % 3 === channel);
      const average = own.reduce((a, b) => a + b, 0) / own.length;
      const deviation = Math.sqrt(own.reduce((sum, value) => sum + (value - average) ** 2, 0) / own.length);
      expect(Math.abs(average - mean)).toBeLessThan(1);
      expect(Math.abs(deviation - 10)).toBeLessThan(0.7);
    }
  });
});

describe("presets of gradient ascent", () => {
  it("have the values of the paper and the toolbox", () => {
    const values = (id: string) => ascentPresets.find((preset) => preset.id === id)?.values;
    expect(values("paper-unregularised")).toMatchObject({
      objective: "posterior",
      iterations: 500,
      earlyProgress: 0.02,
      lateMultiplier: 0.1,
    });
    expect(values("hp-seed-169")).toMatchObject({ decay: 0.01, iterations: 1500, earlyProgress: 0.03, lateMultiplier: 0.02, blurSigma: 0 });
    expect(values("hp-seed-188")).toMatchObject({ decay: 0.001, iterations: 1000, blurSigma: 0.4, blurEvery: 2, lateMultiplier: 0.05 });
    expect(values("hp-seed-360")).toMatchObject({ blurSigma: 0.3, blurEvery: 1, smallNormPercentile: 20, smallContributionPercentile: 20 });
    expect(values("toolbox-blur")).toMatchObject({ objective: "logit", decay: 0.0001, blurSigma: 1, blurEvery: 4, stepSize: 100 });
  });
});

describe("the mean that an ascent starts from", () => {
  const preprocessing = {
    width: 1,
    height: 1,
    channels: 3,
    channelOrder: "BGR",
    layout: "NCHW",
    mean: [104, 117, 123],
    deviation: [1],
  } as const;

  it("is the network's mean in the image's channel order, or mid-grey if the network has none", () => {
    expect(networkMean(preprocessing)).toEqual([123, 117, 104]);
    expect(networkMean({ ...preprocessing, mean: [127] })).toEqual([127, 127, 127]);
    expect(networkMean({ ...preprocessing, mean: [0] })).toEqual([127.5, 127.5, 127.5]);
  });

  it("is explained in the description of every parameter that uses it", () => {
    for (const name of ["start", "startNoise", "decay"]) expect(descriptionOf(name), name).toMatch(/mean colour.*mid-grey/);
  });
});
