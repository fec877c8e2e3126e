/**
 * Two ways of counting how many people, or images, are above chance: by their mean, as Zhou & Firestone (2019) report, and by an interval
 * that excludes chance: the exact one, or a confidence sequence where the votes decide when an image stops. Of 100 guessing voters, the
 * first counts about 50 as above chance, the second 2 or 3; a study shows both.
 */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import type { Tally } from "../images/imageTally.ts";
import { sequenceInterval } from "../intervals/confidenceSequence.ts";
import { exactInterval } from "../intervals/exactInterval.ts";

export type ChanceComparison = "intervalAbove" | "meanAbove" | "notAbove";

export interface CountedUnit {
  /** Index of the voter or image. */
  readonly index: number;
  readonly share: Interval;
  /** Whether the whole interval, only the share, or neither is above chance. */
  readonly comparison: ChanceComparison;
}

export interface WaysOfCounting {
  /** Voters or images with votes, in order. */
  readonly units: readonly CountedUnit[];
  /** Share of units whose share is above chance; null without units. */
  readonly meanAbove: Interval | null;
  /** Share of units whose interval is above chance; null without units. */
  readonly intervalAbove: Interval | null;
}

export const countingIntervals = ["exact", "sequence"] as const;
export type CountingInterval = (typeof countingIntervals)[number];

/** @param chance probability that a guess agrees, in (0, 1). */
export function countAboveChance(tally: Tally, chance: number, interval: CountingInterval = "exact", confidence = 0.95): WaysOfCounting {
  const intervalOf = (agreeing: number, votes: number): Interval =>
    interval === "sequence" ? sequenceInterval(agreeing, votes, { confidence }) : exactInterval(agreeing, votes, confidence);
  // Many units have equal counts, so 50,000 images cost only as much as their distinct counts.
  const known = new Map<number, Interval>();
  const units = Array.from(tally.votes).flatMap((votes, index): CountedUnit[] => {
    if (votes === 0) return [];
    const agreeing = tally.agreeing[index] as number;
    const key = votes * 2 ** 26 + agreeing;
    const share = known.get(key) ?? intervalOf(agreeing, votes);
    known.set(key, share);
    const comparison = share.low > chance ? "intervalAbove" : share.estimate > chance ? "meanAbove" : "notAbove";
    return [{ index, share, comparison }];
  });
  const shareOf = (counts: (unit: CountedUnit) => boolean): Interval | null =>
    units.length === 0 ? null : wilsonInterval(units.filter(counts).length, units.length, confidence);
  return {
    units,
    meanAbove: shareOf(({ comparison }) => comparison !== "notAbove"),
    intervalAbove: shareOf(({ comparison }) => comparison === "intervalAbove"),
  };
}
