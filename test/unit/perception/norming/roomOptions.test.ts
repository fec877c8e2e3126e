import { roomOptions } from "@pareidolia/perception/norming/roomOptions";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const stimulus = { label: 40, truth: null, foils: [3], runnersUp: [90, 12] };
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe("the classes on the vote buttons", () => {
  it("are all of the study's, up to 48", () => {
    expect(roomOptions({ labels: [4, 2, 9], stimulus: { ...stimulus, label: 9 }, index: 0, seed: 1 })).toEqual([2, 4, 9]);
    for (const count of [10, 48])
      expect(roomOptions({ labels: upTo(count).toReversed(), stimulus, index: 0, seed: 1 })).toEqual(upTo(count));
  });

  it("are ten otherwise: the machine's, the foils, the next choices, and others at random, in ascending order", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 49, max: 60 }),
        fc.array(fc.nat(48), { maxLength: 6 }),
        fc.array(fc.nat(48), { maxLength: 6 }),
        (count, foils, runnersUp) => {
          const near = new Set([40, ...foils, ...runnersUp]);
          const options = roomOptions({ labels: upTo(count), stimulus: { ...stimulus, foils, runnersUp }, index: 0, seed: 1 });
          expect(new Set(options).size).toBe(10);
          expect(options).toEqual(options.toSorted((a, b) => a - b));
          for (const label of [...near].slice(0, 10)) expect(options).toContain(label);
        },
      ),
    );
  });

  it("depend on the image and the study's seed only", () => {
    const request = { labels: upTo(100), stimulus, index: 0, seed: 1 };
    expect(roomOptions({ ...request, labels: request.labels.toReversed() })).toEqual(roomOptions(request));
    expect(roomOptions({ ...request, index: 1 })).not.toEqual(roomOptions(request));
    expect(roomOptions({ ...request, seed: 2 })).not.toEqual(roomOptions(request));
  });

  it("leave out classes that the study does not have", () => {
    const options = roomOptions({ labels: upTo(50), stimulus, index: 0, seed: 1 });
    expect(options).not.toContain(90);
    expect(options).toHaveLength(10);
  });
});
