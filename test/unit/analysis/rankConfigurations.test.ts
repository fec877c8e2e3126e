/** The ranking of a random search's configurations. */

import { type ConfigurationStanding, rankConfigurations } from "@pareidolia/analysis/rankConfigurations";
import { milestoneLevels } from "@pareidolia/ascent/ascentPair";
import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import { describe, expect, it } from "vitest";

const standing = (index: number, change: Partial<ConfigurationStanding> = {}): ConfigurationStanding => ({
  index,
  stored: 4,
  foolingCount: 1,
  median: 0.5,
  medianFoolingStep: 100,
  ...change,
});

describe("the rank of a configuration", () => {
  const orderOf = (standings: readonly ConfigurationStanding[]) =>
    [...rankConfigurations(standings)].sort((a, b) => a.rank - b.rank).map(({ index }) => index);

  it("orders by trajectories at .9999, then the median, then fewer steps, then the index", () => {
    const most = standing(5, { foolingCount: 3, median: 0.1, medianFoolingStep: 900 });
    const confident = standing(4, { median: 0.9, medianFoolingStep: 900 });
    const fast = standing(3, { medianFoolingStep: 20 });
    expect(orderOf([standing(1), standing(0), fast, confident, most])).toEqual([5, 4, 3, 0, 1]);
  });

  it("puts a configuration that never reached .9999 after one that did, and one without trajectories last", () => {
    const none = { foolingCount: 0, medianFoolingStep: null };
    const nothing = standing(0, { ...none, stored: 0, median: null });
    const zero = standing(2, { ...none, median: 0 });
    expect(orderOf([nothing, zero, standing(1, { ...none, stored: 0, median: null }), standing(3, { median: 0 })])).toEqual([3, 2, 0, 1]);
  });

  it("counts from 1 without gaps, and keeps the given order", () => {
    const ranked = rankConfigurations([standing(2), standing(0, { foolingCount: 0 }), standing(1)]);
    expect(ranked.map(({ index, rank }) => [index, rank])).toEqual([
      [2, 2],
      [0, 3],
      [1, 1],
    ]);
    expect(rankConfigurations([])).toEqual([]);
  });

  it("uses a confidence at which an ascent stores a milestone", () => {
    expect(milestoneLevels).toContain(foolingConfidence);
  });
});
