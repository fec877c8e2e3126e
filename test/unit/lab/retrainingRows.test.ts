/** The rows of the retraining studies: bars, units and the interval. */
import { Purpose, Random } from "@pareidolia/core/random";
import type { StudiedNetwork } from "@pareidolia/lab/experiments/retrainedNetwork";
import { judgePairs } from "@pareidolia/lab/experiments/retrainingCifar10";
import { judgeDigits } from "@pareidolia/lab/experiments/retrainingDigits";
import { expect, it } from "vitest";

/** A network with the given medians of its runs. */
function network(medians: readonly number[]): StudiedNetwork {
  return {
    confidences: medians.map((value) => [value, value, value]),
    examples: [],
    testError: 0.01,
    share: 0.4,
    foolingImages: 100,
    foolingError: 0,
  };
}

function link(number: number, medians: readonly number[]) {
  return { ...network(medians), network: number };
}

it("the study gives the median over the retrained networks with its interval, and the reason where there are too few", () => {
  const chain = (medians: readonly number[]) => [
    link(1, [1, 1, 1]),
    ...medians.map((value, index) => link(index + 2, [value, value, 0.9])),
  ];
  const [row] = judgeDigits(chain([0.99995, 0.99996, 0.9912, 0.9995, 0.9999, 0.9998]), { largestTestError: 0.02 }, "3 runs");
  expect(row?.figure).toBeCloseTo(0.99985, 10);
  expect(row).toMatchObject({ finding: true, interval: { unit: "retrained networks", units: 6 } });
  expect(row?.interval?.low).toBeGreaterThanOrEqual(0.9912);
  expect(row?.interval?.low).toBeLessThan(0.9995);
  expect(row?.interval?.high).toBeLessThanOrEqual(0.99996);
  const [few] = judgeDigits(chain([0.99995, 0.99996, 0.9912]), { largestTestError: 0.02 }, "3 runs");
  expect(few?.interval).toBeUndefined();
  expect(few?.detail).toContain("no 95% interval: it needs 6 retrained networks, and there are 3");
});

it("the study computes the fall between networks, independent of the number of runs against each network", () => {
  const rows = (runs: number) =>
    judgePairs(
      {
        first: network([1]),
        controls: [0.98, 0.97, 0.99, 0.985].map((value) => network(Array<number>(runs).fill(value))),
        retrained: [0.95, 0.96, 0.94, 0.98].map((value) => network(Array<number>(runs).fill(value))),
      },
      "4 runs",
    );
  const [fall, control] = rows(4);
  expect(fall?.figure).toBeCloseTo(0.0275, 10);
  // From the smallest to the largest difference between two networks; four against four is the minimum for an interval.
  expect(fall?.interval?.low).toBeCloseTo(-0.01, 10);
  expect(fall?.interval?.high).toBeCloseTo(0.05, 10);
  expect(control?.figure).toBeCloseTo(0.9825, 10);
  expect(rows(400)).toEqual(rows(4));
});

it("the interval shows an effect in at most 2.5% of studies per side if the class has none, although networks differ far more than runs", () => {
  const simulations = 1000;
  let found = 0;
  for (let index = 0; index < simulations; index++) {
    const random = new Random({ seed: 8, generation: 0, index, purpose: Purpose.NOISE });
    const draw = () => {
      const center = random.uniform();
      return network(Array.from({ length: 4 }, () => center + random.uniform() / 100));
    };
    const four = () => [draw(), draw(), draw(), draw()];
    const [fall] = judgePairs({ first: draw(), controls: four(), retrained: four() }, "4 runs");
    if ((fall?.interval?.low ?? 0) > 0) found++;
  }
  expect(found / simulations).toBeLessThanOrEqual(0.025);
  expect(found).toBeGreaterThan(0);
});
