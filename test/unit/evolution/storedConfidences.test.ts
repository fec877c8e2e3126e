/** The statistics of stored images follow every change of the archive. */
import { confidenceStatistics, median } from "@pareidolia/evolution/statistics";
import { StoredConfidences } from "@pareidolia/evolution/storedConfidences";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("stored confidences", () => {
  it("have the statistics of the values by niche after any changes, to the bit", () => {
    const confidence = fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true }));
    const changes = fc.array(fc.record({ niche: fc.nat(6), storedFitness: confidence }), { maxLength: 60 });
    fc.assert(
      fc.property(changes, (placed) => {
        const stored = new StoredConfidences(7);
        const values = new Float64Array(7);
        for (const { niche, storedFitness } of placed) {
          stored.place({ niche, storedFitness });
          values[niche] = storedFitness;
          const { statistics } = stored;
          expect(statistics).toEqual(confidenceStatistics(values));
          expect(statistics.median).toBe(median(values));
          expect([statistics.minimum, statistics.maximum]).toEqual([Math.min(...values), Math.max(...values)]);
        }
      }),
    );
  });

  it("count an empty niche as 0, and the niches that fool the network", () => {
    const stored = new StoredConfidences(4, [
      { niche: 1, storedFitness: 0.9999 },
      { niche: 3, storedFitness: 0.5 },
    ]);
    expect(stored.statistics).toEqual({ median: 0.25, mean: (0.9999 + 0.5) / 4, minimum: 0, maximum: 0.9999 });
    expect(stored.foolingCount).toBe(1);
  });
});
