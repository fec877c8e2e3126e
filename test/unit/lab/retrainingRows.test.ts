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

it("the study requires the paper's 99.99% of every network of the chain", () => {
  const chain = (third: number) => [link(1, [1, 1, 1]), link(2, [0.99995, 0.99996, 0.9]), link(3, [third, third, third])];
  const [short] = judgeDigits(chain(0.99943), { largestTestError: 0.02 }, "3 runs");
  expect(short).toMatchObject({ figure: 0.99943, bar: ">= 0.9999", holds: false, finding: true });
  expect(judgeDigits(chain(0.99992), { largestTestError: 0.02 }, "3 runs")[0]?.holds).toBe(true);
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
    ).map(({ id, figure, holds }) => [id, figure === null ? null : Number(figure.toFixed(6)), holds]);
  expect(rows(4)).toEqual([
    ["retraining.cifar10.fall", 0.0275, true],
    // From the smallest to the largest difference between two networks; four against four is the minimum for an interval.
    ["retraining.cifar10.fall-low", -0.01, false],
    ["retraining.cifar10.fall-high", 0.05, true],
  ]);
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
    if (judgePairs({ first: draw(), controls: four(), retrained: four() }, "4 runs").find(({ id }) => id.endsWith("fall-low"))?.holds)
      found++;
  }
  expect(found / simulations).toBeLessThanOrEqual(0.025);
  expect(found).toBeGreaterThan(0);
});
