import { simulateElectorate, simulationRandom } from "@pareidolia/lab/perception/electorates";
import { fitBest } from "@pareidolia/perception/aggregation/bestFit";
import { fitConfusionModel } from "@pareidolia/perception/aggregation/confusionModel";
import { dawidSkeneModel, noPriors } from "@pareidolia/perception/aggregation/dawidSkene";
import { aggregateGlad } from "@pareidolia/perception/aggregation/glad";
import { addOneCoinVote } from "@pareidolia/perception/aggregation/oneCoin";
import { aggregators } from "@pareidolia/perception/aggregation/registry";
import { randomlyWeightedShares, voteShares } from "@pareidolia/perception/aggregation/starts";
import { votesByItem } from "@pareidolia/perception/votesByItem";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tableOfCells, voteTables } from "./electorate.ts";

const oneCoin = aggregators.find(({ id }) => id === "oneCoin") as (typeof aggregators)[number];
const cells = [
  [1, 1, 0, 1],
  [0, 0, 0, 1],
  [1, 1, 1, 1],
  [0, 1, 0, 0],
  [1, 1, 0, 0],
  [0, 0, 1, 0],
  [1, 0, 1, 1],
  [0, 0, 0, 0],
].flat();
const table = tableOfCells({ items: 8, voters: 4, answers: 2 }, cells);
const close = (values: readonly number[], digits: number) => values.map((value) => expect.closeTo(value, digits));
const second = (posterior: Float64Array): number[] => Array.from(posterior.filter((_, k) => k % 2 === 1));

// Golden values: PYTHON apps/lab/src/perception/peers/golden.py
describe("one coin", () => {
  it("finds the mode, the posterior and the intervals that SciPy's optimiser and second differences find", () => {
    const { skill, posterior, skillInterval } = oneCoin.aggregate(table);
    expect([...skill]).toEqual(close([0.90322671, 0.71329438, 0.63825186, 0.74630385], 4));
    const expected = [0.97345179, 0.0636735, 0.99131518, 0.04638383, 0.80905706, 0.02387829, 0.94856243, 0.00779701];
    expect(second(posterior)).toEqual(close(expected, 4));
    expect([...(skillInterval?.low ?? [])]).toEqual(close([0.311551, 0.32047322, 0.28358083, 0.35095531], 3));
    expect([...(skillInterval?.high ?? [])]).toEqual(close([0.99483198, 0.92920062, 0.88718835, 0.94119003], 3));
  });

  it("never lowers an answer's probability by a vote for it, with the skills of any electorate", () => {
    fc.assert(
      fc.property(voteTables(), fc.nat(), fc.nat(), fc.nat(), (votes, i, v, a) => {
        const { skill, posterior, answers } = oneCoin.aggregate(votes, { intervals: false });
        const [item, answer] = [i % votes.items, a % answers];
        const known = skill.filter((value) => !Number.isNaN(value));
        if (known.length === 0) return;
        const row = posterior.slice(item * answers, (item + 1) * answers);
        const after = addOneCoinVote(row, answer, known[v % known.length] as number);
        expect(after[answer]).toBeGreaterThanOrEqual((row[answer] as number) - 1e-15);
        expect(after.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      }),
    );
  });

  it("never estimates a skill below chance", () => {
    fc.assert(
      fc.property(voteTables(), (votes) => {
        const { skill } = oneCoin.aggregate(votes, { intervals: false });
        expect(skill.filter((value) => value < 1 / votes.answers - 1e-12)).toHaveLength(0);
      }),
    );
  });
});

describe("GLAD", () => {
  it("finds the abilities and the posterior that SciPy's optimiser finds on a fine grid of ease", () => {
    const { ability, posterior } = aggregateGlad(table);
    expect([...ability]).toEqual(close([1.19528517, 0.29509442, 0.11727296, 0.44553961], 3));
    const expected = [0.9583206, 0.14448983, 0.9799346, 0.08843397, 0.80026161, 0.0416794, 0.91156603, 0.0200654];
    expect(second(posterior)).toEqual(close(expected, 3));
  });

  it("finds items on which able voters disagree harder", () => {
    const split = [...Array.from({ length: 20 }, (_, i) => [i % 2, i % 2, i % 2, i % 2]).flat(), 0, 0, 1, 1];
    const { logEase } = aggregateGlad(tableOfCells({ items: 21, voters: 4, answers: 2 }, split));
    expect(logEase[20]).toBeLessThan((logEase[0] as number) - 0.5);
  });
});

describe("Dawid-Skene", () => {
  it("reaches a fixed point: one more iteration changes nothing", () => {
    const { table: votes } = simulateElectorate(
      "dawidSkene",
      { items: 120, voters: 8, votesPerItem: 5, answers: 3 },
      simulationRandom(3, 0),
    );
    const rows = votesByItem(votes);
    const fit = fitConfusionModel(rows, dawidSkeneModel(3), { posterior: voteShares(rows) }, { tolerance: 1e-9 });
    const again = fitConfusionModel(rows, dawidSkeneModel(3), fit, { mostIterations: 1 });
    expect(fit.converged).toBe(true);
    for (const [k, p] of fit.posterior.entries()) expect(again.posterior[k]).toBeCloseTo(p, 6);
    expect(again.objective).toBeCloseTo(fit.objective, 8);
  });

  it("takes the best of its starts, of which random ones can be added", () => {
    const { table: votes } = simulateElectorate(
      "dawidSkene",
      { items: 40, voters: 5, votesPerItem: 3, answers: 4 },
      simulationRandom(5, 1),
    );
    const rows = votesByItem(votes);
    const model = dawidSkeneModel(4);
    const alone = Array.from(
      { length: 6 },
      (_, k) => fitConfusionModel(rows, model, { posterior: randomlyWeightedShares(rows, 9, k) }).objective,
    );
    expect(fitBest(rows, model, { randomStarts: 6, seed: 9 }).objective).toBeGreaterThanOrEqual(Math.max(...alone) - 1);
    expect(fitBest(rows, model, { randomStarts: 6, seed: 9 }).objective).toBeGreaterThanOrEqual(fitBest(rows, model).objective - 1e-6);
  });

  it("without priors has the likelihood as its objective; with priors no probability is 0", () => {
    const rows = votesByItem(table);
    const likelihood = fitConfusionModel(rows, dawidSkeneModel(2, noPriors), { posterior: voteShares(rows) });
    expect(likelihood.objective).toBe(likelihood.logLikelihood);
    const fit = fitConfusionModel(rows, dawidSkeneModel(2), { posterior: voteShares(rows) });
    expect(Math.min(...fit.table)).toBeGreaterThan(0);
  });
});

describe("the intervals", () => {
  // 95% within four standard errors, from 60 electorates; `npm run repro -- perception` has 2,000.
  it.each(["oneCoin", "dawidSkene", "mace"] as const)("%s: contain the true skills about as often as they claim", (kind) => {
    const aggregator = aggregators.find(({ id }) => id === kind);
    let [covered, all] = [0, 0];
    for (let s = 0; s < 60; s++) {
      const { table: votes, skill } = simulateElectorate(
        kind,
        { items: 150, voters: 10, votesPerItem: 6, answers: 2 },
        simulationRandom(21, s),
      );
      const bounds = aggregator?.aggregate(votes).skillInterval;
      for (const [v, value] of skill.entries()) {
        all++;
        if (value >= (bounds?.low[v] ?? 1) && value <= (bounds?.high[v] ?? 0)) covered++;
      }
    }
    expect(covered / all).toBeGreaterThan(0.95 - 4 * Math.sqrt((0.95 * 0.05) / all));
    expect(covered / all).toBeLessThan(0.95 + 4 * Math.sqrt((0.95 * 0.05) / all));
  });
});
