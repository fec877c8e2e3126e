/** Survival of an image's confidence: each distortion, and the level at which half of the confidence is lost. */
import { blurImage } from "@pareidolia/analysis/survival/blurImage";
import { distortionsWith } from "@pareidolia/analysis/survival/distortions";
import { resample } from "@pareidolia/analysis/survival/resample";
import { halfGoneAt, measureSurvival } from "@pareidolia/analysis/survival/survival";
import type { ByteImage } from "@pareidolia/core/image";
import { describe, expect, it } from "vitest";
import { createLinearClassifier } from "../../support/linearClassifier.ts";

function grey(width: number, height: number, pixels: readonly number[]): ByteImage {
  return { width, height, channels: 1, pixels: Uint8Array.from(pixels) };
}

const ramp = grey(
  8,
  8,
  Array.from({ length: 64 }, (_, i) => i * 4),
);
const distortions = distortionsWith(async (image) => image);
const distort = (id: string, image: ByteImage, level: number) => distortions.find((each) => each.id === id)?.distort(image, level);

describe("resampling", () => {
  it("keeps an image of one colour unchanged at any size", () => {
    const flat = grey(7, 5, new Array(35).fill(93));
    for (const [width, height] of [
      [3, 2],
      [16, 11],
      [1, 1],
    ] as const)
      expect(new Set(resample(flat, width, height).pixels)).toEqual(new Set([93]));
  });

  // Halved: weights .75 .75 .25 over the pixels inside give 200 x .25 / 1.75.
  it("averages neighbours when halving, and interpolates when doubling", () => {
    expect([...resample(grey(4, 1, [0, 0, 200, 200]), 2, 1).pixels]).toEqual([29, 171]);
    expect([...resample(grey(2, 1, [0, 100]), 4, 1).pixels]).toEqual([0, 25, 75, 100]);
  });

  it("keeps channels separate", () => {
    const red: ByteImage = {
      width: 4,
      height: 4,
      channels: 3,
      pixels: Uint8Array.from({ length: 48 }, (_, i) => (i % 3 === 0 ? 250 : 10)),
    };
    expect([...resample(red, 2, 2).pixels].slice(0, 6)).toEqual([250, 10, 10, 250, 10, 10]);
  });
});

describe("blur", () => {
  it("spreads a dot evenly in all directions and keeps its sum", () => {
    const dot = grey(
      9,
      9,
      Array.from({ length: 81 }, (_, i) => (i === 40 ? 255 : 0)),
    );
    const { pixels } = blurImage(dot, 1);
    expect(pixels[39]).toBe(pixels[41]);
    expect(pixels[31]).toBe(pixels[49]);
    // The peak of a two-dimensional Gaussian of sigma 1 is 1 / 2 pi.
    expect((pixels[40] as number) / 255).toBeCloseTo(1 / (2 * Math.PI), 2);
    expect(pixels.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(235);
  });

  it("changes nothing at sigma 0 or in an image of one colour", () => {
    expect(blurImage(ramp, 0)).toBe(ramp);
    expect(new Set(blurImage(grey(6, 6, new Array(36).fill(255)), 2).pixels)).toEqual(new Set([255]));
  });
});

describe("distortions", () => {
  it.each(distortions.map(({ id }) => id))("of kind %s keep the size, and change nothing at the mildest level", async (id) => {
    const { levels } = distortions.find((each) => each.id === id) ?? { levels: [] };
    for (const level of levels) expect(await distort(id, ramp, level)).toMatchObject({ width: 8, height: 8, channels: 1 });
    expect([...((await distort(id, ramp, levels[0] as number))?.pixels ?? [])]).toEqual([...ramp.pixels]);
  });

  it("crop to the centre", async () => {
    const framed = grey(
      8,
      8,
      Array.from({ length: 64 }, (_, i) => (i % 8 > 1 && i % 8 < 6 && i > 15 && i < 48 ? 80 : 240)),
    );
    expect(new Set((await distort("crop", framed, 50))?.pixels)).toEqual(new Set([80]));
  });
});

describe("survival", () => {
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });

  it("scores every distorted image with the network, in the given class", async () => {
    const { confidence, curves } = await measureSurvival({ image: ramp, classIndex: 2, classifier, distortions });
    expect(curves.map(({ distortion }) => distortion)).toEqual(["jpeg", "resize", "blur", "crop"]);
    for (const { points } of curves) expect(points[0]?.confidence).toBeCloseTo(confidence, 9);
    const blurred = curves[2]?.points.at(-1);
    const { probabilities } = await classifier.predict([{ ...ramp, pixels: Float32Array.from(blurImage(ramp, 3).pixels) }]);
    expect(blurred?.confidence).toBeCloseTo(probabilities[2] as number, 9);
    expect(probabilities[blurred?.topClass ?? -1]).toBe(Math.max(...probabilities));
  });

  it("rejects an unknown class", async () => {
    await expect(measureSurvival({ image: ramp, classIndex: 5, classifier, distortions })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it("interpolates the level at which half of the confidence is lost, or returns null", () => {
    const points = [
      { level: 100, confidence: 0.9 },
      { level: 80, confidence: 0.7 },
      { level: 60, confidence: 0.1 },
    ];
    expect(halfGoneAt(points, 0.8)).toBeCloseTo(70, 9);
    expect(halfGoneAt(points.slice(0, 2), 0.8)).toBeNull();
    expect(halfGoneAt(points.slice(2), 0.8)).toBe(60);
  });
});
