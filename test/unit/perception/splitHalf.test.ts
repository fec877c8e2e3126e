import { existsSync } from "node:fs";
import path from "node:path";
import { Purpose, Random } from "@pareidolia/core/random";
import { castVotes, simulationRandom } from "@pareidolia/lab/perception/electorates";
import { readSilhouettes } from "@pareidolia/lab/perception/realVotes";
import type { Undefined } from "@pareidolia/perception/agreement/coefficient";
import { shareReliability } from "@pareidolia/perception/agreement/shareReliability";
import { spearmanBrown, splitHalfReliability } from "@pareidolia/perception/agreement/splitHalf";
import { describe, expect, it } from "vitest";
import { sharedCacheFolder } from "../../support/sharedCache.ts";
import { skippedFor } from "../../support/skippedFor.ts";

/** Votes from rows, one for each voter: 1, 0, or null without a vote. */
function votesOf(rows: readonly (readonly (number | null)[])[]) {
  const cells = rows.flatMap((row, voter) => row.flatMap((agrees, item) => (agrees === null ? [] : [{ voter, item, agrees }])));
  return {
    items: rows[0]?.length ?? 0,
    voters: rows.length,
    item: Int32Array.from(cells, ({ item }) => item),
    voter: Int32Array.from(cells, ({ voter }) => voter),
    agrees: Int8Array.from(cells, ({ agrees }) => agrees),
  };
}

const rows = [
  [null, 0, 0, 1, 1, 1, 1],
  [0, 0, 1, 0, 0, null, 1],
  [0, 1, 0, 1, 1, 1, 1],
  [0, 0, 0, 0, null, 0, 1],
  [0, 0, 0, 1, 1, 1, 0],
  [0, 0, 0, null, 1, 0, 1],
];

/** Voters who agree with an image by its own probability. */
function simulated(voters: number, probabilities: readonly number[], seed = 2) {
  const random = new Random({ seed, generation: 0, index: 0, purpose: Purpose.SIMULATE });
  return votesOf(Array.from({ length: voters }, () => probabilities.map((p) => (random.chance(p) ? 1 : 0))));
}

function definedOf<T extends { readonly defined: true }>(outcome: T | Undefined): T {
  if (!outcome.defined) throw new Error(outcome.reason);
  return outcome;
}

/** Cronbach's alpha by its own formula: one minus the voters' variances as a share of that of the images' sums. */
function cronbachAlpha(complete: readonly (readonly number[])[]): number {
  const variance = (values: readonly number[]): number => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  };
  const sums = (complete[0] as readonly number[]).map((_, image) => complete.reduce((sum, row) => sum + (row[image] as number), 0));
  const ofVoters = complete.reduce((sum, row) => sum + variance(row), 0);
  return (complete.length / (complete.length - 1)) * (1 - ofVoters / variance(sums));
}

describe("the reliability of shares", () => {
  it("is Cronbach's alpha where every voter sees every image, with the interval of Feldt", () => {
    // Its images and voters differ no more than normal values would.
    const complete = [
      [0, 1, 0, 1, 1, 0, 1],
      [0, 0, 1, 1, 1, 0, 1],
      [1, 0, 0, 0, 1, 1, 1],
      [0, 0, 0, 1, 1, 1, 0],
      [0, 1, 0, 0, 1, 0, 1],
      [0, 0, 0, 1, 0, 1, 1],
    ];
    const found = definedOf(definedOf(splitHalfReliability(votesOf(complete), { seed: 1 })).reliability);
    const alpha = cronbachAlpha(complete);
    expect(found.estimate).toBeCloseTo(alpha, 10);
    // Quantiles of F(6, 30) by integrating its density with Simpson's rule.
    expect(found.low).toBeCloseTo(1 - (1 - alpha) * 2.86669615397, 9);
    expect(found.high).toBeCloseTo(1 - (1 - alpha) * 0.197424524349, 9);
  });

  it("is wider if images or voters differ more than normal values would, and needs three of each", () => {
    // Two of forty images are recognised by all voters, so two images decide how much images vary.
    const two = votesOf(
      Array.from({ length: 20 }, (_, voter) =>
        Array.from({ length: 40 }, (_one, image) => (image < 2 || (image + voter) % 9 === 0 ? 1 : 0)),
      ),
    );
    const { estimate, low, high } = definedOf(shareReliability(two));
    const ratio = 1 / (1 - estimate);
    // Feldt's: quantiles of F(39, 741).
    expect(low).toBeLessThan(1 - 1.5 / ratio - 0.05);
    expect(high).toBeGreaterThan(1 - 0.6 / ratio);
    expect(shareReliability(votesOf(Array.from({ length: 9 }, (_, voter) => [voter % 2, voter % 3 === 0 ? 1 : 0])))).toMatchObject({
      defined: false,
      reason: expect.stringContaining("at least 3 voters and 3 images"),
    });
  });

  it("excludes 0 in about 5 of 100 studies without effects of images, also where each voter sees a few of them", () => {
    for (const votesPerItem of [20, 6]) {
      let excluded = 0;
      for (let s = 0; s < 400; s++) {
        const random = simulationRandom(41, s);
        const table = castVotes(random, { items: 30, voters: 20, votesPerItem, answers: 2 }, () => (random.chance(0.5) ? 1 : 0));
        const { low, high } = definedOf(shareReliability({ ...table, agrees: Int8Array.from(table.answer) }));
        if (low > 0 || high < 0) excluded++;
      }
      // 5% plus and minus four standard errors; `npm run repro -- perception` has the bar of 4 to 6%.
      expect(excluded / 400).toBeGreaterThan(0.006);
      expect(excluded / 400).toBeLessThan(0.094);
    }
  });

  it("compares images only with those that voters connect them to", () => {
    const [one, other] = [
      votesOf([
        [1, 0, 1],
        [1, 0, 0],
        [1, 1, 0],
      ]),
      votesOf([
        [0, 0, 1],
        [1, 0, 1],
        [0, 1, 1],
      ]),
    ];
    const apart = {
      items: 6,
      voters: 6,
      item: Int32Array.from([...one.item, ...other.item.map((item) => item + 3)]),
      voter: Int32Array.from([...one.voter, ...other.voter.map((voter) => voter + 3)]),
      agrees: Int8Array.from([...one.agrees, ...other.agrees]),
    };
    expect(definedOf(shareReliability(apart)).estimate).toBeLessThan(1);
    const alone = { items: 2, voters: 2, item: Int32Array.of(0, 1), voter: Int32Array.of(0, 1), agrees: Int8Array.of(0, 1) };
    expect(shareReliability(alone)).toMatchObject({ defined: false, reason: expect.stringContaining("in common") });
  });
});

describe("split-half reliability", () => {
  it("over all divisions of few voters is what Python computes", () => {
    // python3 test/unit/perception/study/comparisons.py
    const six = definedOf(splitHalfReliability(votesOf(rows), { seed: 1 }));
    expect(six).toMatchObject({ exhaustive: true, splits: 10, voters: 6, items: 7, estimate: expect.closeTo(0.7375237616336134, 12) });
    const five = definedOf(splitHalfReliability(votesOf(rows.slice(0, 5)), { seed: 1 }));
    expect(five).toMatchObject({ splits: 10, estimate: expect.closeTo(0.6360489244582174, 12) });
  });

  it("is near the reliability that voters and images of known variance have", () => {
    const [voters, images] = [30, 400];
    const probabilities = Array.from({ length: images }, (_, image) => 0.1 + (0.8 * image) / (images - 1));
    const mean = (of: (p: number) => number): number => probabilities.reduce((sum, p) => sum + of(p), 0) / images;
    const spread = mean((p) => (p - 0.5) ** 2);
    const truth = spread / (spread + mean((p) => p * (1 - p)) / voters);
    const found = definedOf(splitHalfReliability(simulated(voters, probabilities), { seed: 4, splits: 60 }));
    expect(found.exhaustive).toBe(false);
    const reliability = definedOf(found.reliability);
    expect(reliability.low).toBeLessThan(truth);
    expect(reliability.high).toBeGreaterThan(truth);
    expect(Math.abs(reliability.estimate - truth)).toBeLessThan(0.03);
    expect(Math.abs(found.estimate - truth)).toBeLessThan(0.03);
    expect(found.lowestSplits).toBeLessThan(found.maxSplits);
  });

  it("is 1 for voters who answer alike, whose reliability has no interval, and does not depend on the order of votes", () => {
    const alike = votesOf(Array.from({ length: 6 }, () => [1, 0, 1, 1, 0]));
    expect(splitHalfReliability(alike, { seed: 1 })).toMatchObject({
      estimate: expect.closeTo(1, 12),
      reliability: { defined: false, reason: expect.stringContaining("alike") },
    });
    const votes = votesOf(rows);
    const reversed = {
      ...votes,
      item: votes.item.slice().reverse(),
      voter: votes.voter.slice().reverse(),
      agrees: votes.agrees.slice().reverse(),
    };
    expect(splitHalfReliability(reversed, { seed: 1, splits: 4 })).toEqual(splitHalfReliability(votes, { seed: 1, splits: 4 }));
  });

  it("is undefined, with the reason, without voters, images or variation", () => {
    const reasonOf = (given: readonly (readonly (number | null)[])[]) => splitHalfReliability(votesOf(given), { seed: 1 });
    expect(reasonOf([[1, 0, 1]])).toMatchObject({ reason: expect.stringContaining("at least two voters") });
    expect(
      reasonOf([
        [1, null, 1],
        [0, 1, 1],
      ]),
    ).toMatchObject({ reason: expect.stringContaining("at least three images") });
    expect(
      reasonOf([
        [1, 1, 1],
        [0, 0, 0],
      ]),
    ).toMatchObject({ reason: expect.stringContaining("the same share") });
    expect(() => splitHalfReliability(votesOf(rows), { seed: 1, splits: 0 })).toThrow("at least one division");
  });

  it("steps up a correlation to twice the voters", () => {
    expect([0, 0.5, 1, -0.4].map(spearmanBrown)).toEqual([0, expect.closeTo(2 / 3, 12), 1, -0.4]);
  });

  const silhouettes = path.join(sharedCacheFolder(), "data", "votes", "silhouettes-16afc.csv.gz");
  it(
    "of ten people on 160 silhouettes uses all 126 divisions",
    skippedFor(existsSync(silhouettes) ? null : `no ${silhouettes}`),
    async () => {
      const { table, truth, observers } = await readSilhouettes(sharedCacheFolder());
      const people = observers.flatMap(({ person }, observer) => (person ? [observer] : []));
      const kept = [...table.item.keys()].filter((vote) => people.includes(table.voter[vote] as number));
      const found = definedOf(
        splitHalfReliability(
          {
            items: table.items,
            voters: table.voters,
            item: Int32Array.from(kept, (vote) => table.item[vote] as number),
            voter: Int32Array.from(kept, (vote) => table.voter[vote] as number),
            agrees: Int8Array.from(kept, (vote) => (table.answer[vote] === truth[table.item[vote] as number] ? 1 : 0)),
          },
          { seed: 1 },
        ),
      );
      // python3 test/unit/perception/study/comparisons.py silhouettes-16afc.csv.gz
      expect(found).toMatchObject({
        exhaustive: true,
        splits: 126,
        voters: 10,
        items: 160,
        estimate: expect.closeTo(0.9068365859843744, 12),
      });
    },
  );
});
