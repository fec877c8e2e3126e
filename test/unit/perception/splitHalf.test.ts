import { existsSync } from "node:fs";
import path from "node:path";
import { Purpose, Random } from "@pareidolia/core/random";
import { readSilhouettes } from "@pareidolia/lab/perception/realVotes";
import { spearmanBrown, splitHalfReliability } from "@pareidolia/perception/agreement/splitHalf";
import { describe, expect, it } from "vitest";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

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

function definedOf(outcome: ReturnType<typeof splitHalfReliability>) {
  if (!outcome.defined) throw new Error(outcome.reason);
  return outcome;
}

describe("split-half reliability", () => {
  it("over all divisions of few voters is what Python computes", () => {
    // python3 test/unit/perception/study/comparisons.py
    const six = definedOf(splitHalfReliability(votesOf(rows), { seed: 1, resamples: 200 }));
    expect(six).toMatchObject({ exhaustive: true, splits: 10, voters: 6, items: 7, estimate: expect.closeTo(0.7375237616336134, 12) });
    const five = definedOf(splitHalfReliability(votesOf(rows.slice(0, 5)), { seed: 1, resamples: 200 }));
    expect(five).toMatchObject({ splits: 10, estimate: expect.closeTo(0.6360489244582174, 12) });
    expect(six.low).toBeLessThan(six.estimate);
    expect(six.high).toBeGreaterThanOrEqual(six.estimate);
  });

  it("is near the reliability that voters and images of known variance have", () => {
    const [voters, images] = [30, 400];
    const probabilities = Array.from({ length: images }, (_, image) => 0.1 + (0.8 * image) / (images - 1));
    const mean = (of: (p: number) => number): number => probabilities.reduce((sum, p) => sum + of(p), 0) / images;
    const spread = mean((p) => (p - 0.5) ** 2);
    const truth = spread / (spread + mean((p) => p * (1 - p)) / voters);
    const found = definedOf(splitHalfReliability(simulated(voters, probabilities), { seed: 4, splits: 60, resamples: 200 }));
    expect(found.exhaustive).toBe(false);
    expect(found.low).toBeLessThan(truth);
    expect(found.high).toBeGreaterThan(truth);
    expect(Math.abs(found.estimate - truth)).toBeLessThan(0.03);
    expect(found.lowestSplits).toBeLessThan(found.highestSplits);
  });

  it("contains 0 in about 95 of 100 studies of voters who guess, is 1 for voters who answer alike, and does not depend on the order of votes", () => {
    const guessing = Array.from({ length: 60 }, () => 0.5);
    const containing = Array.from({ length: 40 }, (_, seed) =>
      definedOf(splitHalfReliability(simulated(20, guessing, seed), { seed, splits: 10, resamples: 200 })),
    ).filter(({ low, high }) => low <= 0 && high >= 0);
    expect(containing.length).toBeGreaterThanOrEqual(36);
    const alike = votesOf(Array.from({ length: 6 }, () => [1, 0, 1, 1, 0]));
    expect(splitHalfReliability(alike, { seed: 1, resamples: 100 })).toMatchObject({ estimate: expect.closeTo(1, 12) });
    const votes = votesOf(rows);
    const reversed = {
      ...votes,
      item: votes.item.slice().reverse(),
      voter: votes.voter.slice().reverse(),
      agrees: votes.agrees.slice().reverse(),
    };
    expect(splitHalfReliability(reversed, { seed: 1, splits: 4, resamples: 50 })).toEqual(
      splitHalfReliability(votes, { seed: 1, splits: 4, resamples: 50 }),
    );
  });

  it("is undefined, with the reason, without voters, images or variation", () => {
    const reasonOf = (given: readonly (readonly (number | null)[])[]) => splitHalfReliability(votesOf(given), { seed: 1, resamples: 50 });
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
  it.skipIf(!existsSync(silhouettes))("of ten people on 160 silhouettes uses all 126 divisions", async () => {
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
        { seed: 1, resamples: 200 },
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
  });
});
