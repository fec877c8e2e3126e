/** Attacks on a linear classifier: bounds and success on stored bytes, smallest changes, and difference images. */

import { amplifiedDifference } from "@pareidolia/ascent/perturbation/differenceImage";
import { distancesBetween } from "@pareidolia/ascent/perturbation/distances";
import { type AttackResult, runAttack } from "@pareidolia/ascent/perturbation/runAttack";
import { storePixels } from "@pareidolia/ascent/perturbation/storedPixels";
import { measureSuccess } from "@pareidolia/ascent/perturbation/successCurve";
import { attacks, getAttack } from "@pareidolia/ascent/registry";
import type { ByteImage } from "@pareidolia/core/image";
import { leastChange, norms } from "@pareidolia/core/norm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { errorOf, linear, noiseImage, shape } from "../../support/ascentCases.ts";

const classifier = linear();

async function predictionOf(image: ByteImage): Promise<{ top: number; runnerUp: number; logits: Float32Array }> {
  const { logits } = await classifier.scoreWithLogits([{ ...image, pixels: Float32Array.from(image.pixels) }]);
  const order = [...logits.keys()].sort((a, b) => (logits[b] as number) - (logits[a] as number));
  return { top: order[0] as number, runnerUp: order[1] as number, logits };
}

async function attackOne(
  id: string,
  parameters: Readonly<Record<string, unknown>>,
  { seed = 3, target }: { seed?: number; target: "runner-up" | "last" | null },
): Promise<{ result: AttackResult; image: ByteImage }> {
  const image = noiseImage(seed);
  const { runnerUp, logits } = await predictionOf(image);
  const last = logits.indexOf(Math.min(...logits));
  const targetClass = target === null ? null : target === "last" ? last : runnerUp;
  const [result] = await runAttack({
    attack: getAttack(id),
    classifier,
    cases: [{ image, source: null, target: targetClass, seed }],
    parameters,
  });
  return { result: result as AttackResult, image };
}

const enough: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  fgsm: { epsilon: 60 },
  pgd: { epsilon: 60 },
  lbfgs: {},
  "carlini-wagner": { iterations: 150, learningRate: 0.02 },
};

describe.each(attacks.map(({ id }) => id))("%s", (id) => {
  it.each([
    ["to the runner-up", "runner-up"] as const,
    ["to the least likely class", "last"] as const,
    ["to any other class", null] as const,
  ])("succeeds %s, judged by the classifier on the stored bytes", async (_, target) => {
    const { result, image } = await attackOne(id, enough[id] ?? {}, { target });
    const { top } = await predictionOf(result.adversarial);
    expect(result.success).toBe(true);
    expect(result.predicted).toBe(top);
    expect(top).not.toBe(result.source.classIndex);
    if (target !== null) expect(top).toBe(result.target?.classIndex);
    expect(result.distances).toEqual(distancesBetween(image.pixels, result.adversarial.pixels));
    expect(result.source.after).toBeLessThan(result.source.before);
    expect(result.steps).toBeGreaterThan(0);
  });

  it("reports progress that never decreases, up to the maximum", async () => {
    const cases = [3, 4].map((seed) => ({ image: noiseImage(seed), source: null, target: null, seed }));
    const attack = getAttack(id);
    const parameters = enough[id] ?? {};
    const maximum = 2 * attack.iterationsOf(parameters);
    const reported: number[] = [];
    const followed = await runAttack({
      attack,
      classifier,
      cases,
      parameters,
      async onProgress(progress) {
        expect(progress.maximum).toBe(maximum);
        reported.push(progress.iterations);
      },
    });
    expect(reported).toEqual(reported.toSorted((a, b) => a - b));
    expect(reported[0]).toBe(0);
    expect(reported.at(-1)).toBe(maximum);
    expect(followed).toEqual(await runAttack({ attack, classifier, cases, parameters }));
    // The attack awaits onProgress between two evaluations, and an abort there ends it.
    const controller = new AbortController();
    let rounds = 0;
    const ended = runAttack({
      attack,
      classifier,
      cases,
      parameters,
      signal: controller.signal,
      async onProgress() {
        if (++rounds === 2) controller.abort(new Error("Enough."));
      },
    });
    await expect(ended).rejects.toThrow("Enough.");
    expect(rounds).toBe(2);
  });

  it("takes no step if the original image already succeeds", async () => {
    const image = noiseImage(3);
    const { top } = await predictionOf(image);
    const cases = [
      { image, source: (top + 1) % 6, target: null, seed: 1 },
      { image, source: null, target: top, seed: 1 },
    ];
    for (const result of await runAttack({ attack: getAttack(id), classifier, cases, parameters: {} })) {
      expect(result).toMatchObject({ success: true, steps: 0, distances: { linf: 0, l2: 0, meanAbsolute: 0 } });
      expect(result.adversarial.pixels).toEqual(image.pixels);
    }
  });

  it("rejects an image of another size and a target equal to the source", async () => {
    const image = noiseImage(3);
    const small = { ...image, width: 3, pixels: image.pixels.slice(0, 45) };
    const run = (cases: Parameters<typeof runAttack>[0]["cases"]) =>
      errorOf(() => runAttack({ attack: getAttack(id), classifier, cases, parameters: {} }));
    expect(await run([{ image: small, source: null, target: 1, seed: 1 }])).toMatchObject({ code: "INVALID_INPUT", field: "image" });
    expect(await run([{ image, source: 2, target: 2, seed: 1 }])).toMatchObject({ code: "INVALID_INPUT", field: "target" });
  });
});

describe("bounds in pixels", () => {
  it.each(["fgsm", "pgd"])("hold on the stored bytes of %s, even for fractional bounds", async (id) => {
    for (const epsilon of [0, 0.5, 1, 2.7, 8, 300]) {
      const { result } = await attackOne(id, { epsilon }, { target: "last" });
      expect(result.distances.linf).toBeLessThanOrEqual(epsilon);
      if (epsilon >= 1) expect(result.distances.linf).toBeGreaterThan(0);
    }
  });

  it("hold for PGD's Euclidean ball, which is used up to its surface", async () => {
    for (const epsilon of [3, 12.5, 60]) {
      const { result } = await attackOne("pgd", { norm: "l2", epsilon, stopAtSuccess: false }, { target: "last" });
      expect(result.distances.l2).toBeLessThanOrEqual(epsilon);
      expect(result.distances.l2).toBeGreaterThan(0.7 * epsilon);
    }
  });

  it("let FGSM move every value by the whole bound, along the sign of the known gradient", async () => {
    const { result, image } = await attackOne("fgsm", { epsilon: 5 }, { target: null });
    const differences = result.adversarial.pixels.map((value, i) => Math.abs(value - (image.pixels[i] as number)));
    expect(differences.every((difference) => difference === 5)).toBe(true);
  });
});

describe("attacks that minimise", () => {
  it.each(["lbfgs", "carlini-wagner"])("find, by %s, a change barely longer than the distance to the linear boundary", async (id) => {
    const { result, image } = await attackOne(id, enough[id] ?? {}, { target: "runner-up" });
    const { top, runnerUp, logits } = await predictionOf(image);
    const weights = new Float32Array(6);
    weights[runnerUp] = 1;
    weights[top] = -1;
    const { gradients } = await classifier.inputGradients([{ ...image, pixels: Float32Array.from(image.pixels) }], {
      of: "logits",
      weights,
    });
    const slope = Math.sqrt(gradients.reduce((sum, value) => sum + value * value, 0));
    const boundary = ((logits[top] as number) - (logits[runnerUp] as number)) / slope;
    expect(result.distances.l2).toBeGreaterThanOrEqual(boundary);
    expect(result.distances.l2).toBeLessThan(1.5 * boundary + 3);
  });

  it("reach more confidence with a larger kappa, at the cost of a longer change", async () => {
    const at = async (kappa: number) =>
      (await attackOne("carlini-wagner", { ...enough["carlini-wagner"], kappa }, { target: "last" })).result;
    const [plain, sure] = [await at(0), await at(2)];
    expect(sure.success).toBe(true);
    expect(sure.target?.after).toBeGreaterThan(plain.target?.after ?? 1);
    expect(sure.distances.l2).toBeGreaterThan(plain.distances.l2);
    const { logits } = await predictionOf(sure.adversarial);
    const others = logits.filter((_, index) => index !== sure.predicted);
    expect((logits[sure.predicted] as number) - Math.max(...others)).toBeGreaterThanOrEqual(2);
  });
});

describe("storing a change", () => {
  const bytes = fc.uint8Array({ minLength: 40, maxLength: 40 });
  const changes = fc.array(fc.double({ min: -300, max: 300, noNaN: true }), { minLength: 40, maxLength: 40 });

  it("stays within the largest difference", () => {
    fc.assert(
      fc.property(bytes, changes, fc.double({ min: 0, max: 300, noNaN: true }), (original, change, epsilon) => {
        const pixels = Float32Array.from(original, (value, i) => value + (change[i] as number));
        const { linf } = distancesBetween(original, storePixels(original, pixels, "linf", epsilon));
        expect(linf).toBeLessThanOrEqual(epsilon);
      }),
    );
  });

  it("is never longer than the change", () => {
    fc.assert(
      fc.property(bytes, changes, fc.double({ min: 0.001, max: 1, noNaN: true }), (original, change, scale) => {
        const pixels = Float32Array.from(original, (value, i) => Math.max(0, Math.min(255, value + scale * (change[i] as number))));
        const length = Math.sqrt(original.reduce((sum, value, i) => sum + ((pixels[i] as number) - value) ** 2, 0));
        expect(distancesBetween(original, storePixels(original, pixels, "l2", 0)).l2).toBeLessThanOrEqual(length + 1e-6);
      }),
    );
  });

  it("changes nothing for a bound below the smallest possible change, in either norm", () => {
    fc.assert(
      fc.property(bytes, changes, fc.double({ min: 0, max: leastChange, noNaN: true, maxExcluded: true }), (original, change, epsilon) => {
        const length = Math.max(1e-30, Math.hypot(...change));
        const shorter = Float32Array.from(original, (value, i) => value + ((change[i] as number) * epsilon * 0.999) / length);
        expect(storePixels(original, shorter, "l2", epsilon)).toEqual(original);
        const within = Float32Array.from(original, (value, i) => value + Math.max(-epsilon, Math.min(epsilon, change[i] as number)));
        expect(storePixels(original, within, "linf", epsilon)).toEqual(original);
      }),
    );
    const one = Uint8Array.of(10, 20, 30);
    for (const norm of norms) expect(storePixels(one, Float32Array.of(11, 20, 30), norm, leastChange)).toEqual(Uint8Array.of(11, 20, 30));
  });

  it("keeps the strongest part of a change too faint for plain rounding", () => {
    const original = new Uint8Array(100).fill(100);
    const pixels = Float32Array.from(original, (value, i) => value + (i < 4 ? 0.45 : 0.3));
    expect(storePixels(original, pixels, "l2", 0).slice(0, 5)).toEqual(Uint8Array.of(101, 101, 101, 101, 100));
  });

  it("is plain rounding for whole-number changes", () => {
    const original = Uint8Array.of(10, 20, 250);
    expect([...storePixels(original, Float32Array.of(13, 16, 255), "l2", 0)]).toEqual([13, 16, 255]);
  });
});

describe("success against the bound", () => {
  const cases = [3, 4, 5, 6].map((seed) => ({ image: noiseImage(seed), source: null, target: null, seed }));

  it("rises with the bound, and counts no change beyond it", async () => {
    for (const { id } of attacks) {
      const attack = getAttack(id);
      const bounds = attack.isBounded ? [0, 4, 16, 60] : [0, 10, 40, 160, 600];
      const curve = await measureSuccess({ attack, classifier, cases, parameters: enough[id] ?? {}, bounds });
      const successes = curve.points.map((point) => point.successes);
      expect(successes).toEqual(successes.toSorted((a, b) => a - b));
      expect(successes[0]).toBe(0);
      expect(successes.at(-1)).toBe(4);
      for (const { bound, results } of curve.points)
        for (const result of results) if (result !== null) expect(result.distances[curve.norm]).toBeLessThanOrEqual(bound);
    }
  });

  it("rejects bounds that do not ascend and a norm other than the bound's", async () => {
    const attack = getAttack("fgsm");
    const run = (more: { bounds: readonly number[]; norm?: "l2" }) =>
      errorOf(() => measureSuccess({ attack, classifier, cases, parameters: {}, ...more }));
    for (const bounds of [[], [2, 1], [1, 1], [-1]])
      expect(await run({ bounds })).toMatchObject({ code: "INVALID_INPUT", field: "bounds" });
    expect(await run({ bounds: [1], norm: "l2" })).toMatchObject({ code: "INVALID_INPUT", field: "norm" });
  });
});

describe("the difference image", () => {
  const original: ByteImage = { width: 2, height: 2, channels: 1, pixels: Uint8Array.of(10, 20, 30, 40) };
  const changed: ByteImage = { ...original, pixels: Uint8Array.of(10, 22, 29, 40) };

  it("is mid-grey plus the amplified difference, with the factor", () => {
    expect(amplifiedDifference(original, changed)).toEqual({
      factor: 63,
      image: { ...original, pixels: Uint8Array.of(128, 254, 65, 128) },
    });
    expect(amplifiedDifference(original, changed, 100).image.pixels).toEqual(Uint8Array.of(128, 255, 28, 128));
    expect(amplifiedDifference(original, original).factor).toBe(127);
  });

  it("rejects images of different sizes and a factor of 0", async () => {
    expect(await errorOf(() => amplifiedDifference(original, { ...shape, pixels: new Uint8Array(105) }))).toMatchObject({
      code: "INVALID_INPUT",
    });
    expect(await errorOf(() => amplifiedDifference(original, changed, 0))).toMatchObject({ field: "factor" });
  });
});
