/** The two images of a class to compare: a run's most confident one, and the most confident other image of its archive. */
import type { ByteImage } from "@pareidolia/core/image";
import type { StudiedElite } from "@pareidolia/lab/experiments/evolvedArchive";
import { distancesOfRuns } from "@pareidolia/lab/experiments/runDistances";
import { expect, it } from "vitest";

/** Bars of a width and direction: alike for the same, unrelated for others. */
function bars(width: number, isAcross: boolean): ByteImage {
  const pixels = Uint8Array.from({ length: 32 * 32 }, (_, i) => (Math.floor((isAcross ? i / 32 : i % 32) / width) % 2 === 0 ? 250 : 5));
  return { width: 32, height: 32, channels: 1, pixels };
}

function elite(niche: number, index: number, image: ByteImage, probabilities: readonly number[]): StudiedElite {
  const all = Float32Array.from(probabilities);
  return { niche, address: { generation: 1, index }, image, probabilities: all, confidence: all[niche] as number, topClass: niche };
}

it("the comparison selects the most confident other image, and no image twice even if it holds two classes", () => {
  const [a, b, c] = [bars(4, true), bars(4, false), bars(8, true)];
  // One image holds classes 0 and 1; for both, the second-best is the other one.
  const first = { elites: [elite(0, 0, a, [0.9, 0.8, 0.1]), elite(1, 0, a, [0.9, 0.8, 0.1]), elite(2, 1, a, [0.5, 0.5, 0.7])] };
  const second = {
    elites: [elite(0, 0, b, [0.9, 0.1, 0.3]), elite(1, 1, c, [0.2, 0.9, 0.4]), elite(2, 2, b, [0.5, 0.3, 0.6])],
  };
  const [[own, other], [back, ownOfSecond]] = distancesOfRuns([first, second]) as [[number, number], [number, number]];
  expect(own).toBeCloseTo(0, 9);
  // Second-best of the second run: class 0 its third image, class 1 the third, class 2 the second.
  expect(other).toBeCloseTo(1, 9);
  expect(back).toBeCloseTo(1, 9);
  expect(ownOfSecond).toBeCloseTo((0 + 1 + 1) / 3, 9);
});
