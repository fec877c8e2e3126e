/** Intervals over runs, seeds and images with a confidence: means, medians, differences, effect sizes, importance, detectors. */
import { cliffsDelta } from "@pareidolia/analysis/cliffsDelta";
import { sharesOfGrid } from "@pareidolia/analysis/importance/gridVariances";
import { designOf } from "@pareidolia/analysis/importance/observations";
import { fewestForMedian, medianInterval } from "@pareidolia/analysis/medianInterval";
import { normalQuantile } from "@pareidolia/analysis/normalQuantile";
import { areaInterval, falsePositiveRateInterval, fewestForArea, fewestForRate } from "@pareidolia/analysis/rocIntervals";
import { shiftInterval } from "@pareidolia/analysis/shiftInterval";
import { ninesRange } from "@pareidolia/core/nines";
import type { Random } from "@pareidolia/core/random";
import { meanInterval, momentsOf } from "@pareidolia/perception/intervals/meanInterval";
import { differenceOfMeans } from "@pareidolia/perception/study/differenceOfMeans";
import { drawNormal } from "../perception/electorates.ts";
import { type IntervalKind, withoutReason } from "./intervalKind.ts";
import { between, countHits, listOf, logistic, meanOverNormal, normalShare } from "./populations.ts";
import { drawnOf } from "./shareKinds.ts";

/** Medians of runs in nines: about normal. */
const drawNines = (random: Random, n: number, centre: number, spread: number): number[] =>
  listOf(n, () => Math.min(ninesRange.highest, Math.max(ninesRange.lowest, centre + spread * drawNormal(random))));

const numbersOfClasses = [10, 100, 1000] as const;

function ofMeans(kind: Pick<IntervalKind, "id" | "what" | "range">, of: "difference" | "effect"): IntervalKind {
  return {
    ...kind,
    units: "images in each group",
    modules: ["perception/study/differenceOfMeans"],
    promise: "mean",
    draw(random, n) {
      const [centre, other] = [between(random, 2, 4), between(random, 2, 4)];
      const [spread, otherSpread] = of === "effect" ? [0.6, 0.6] : [between(random, 0.1, 0.8), between(random, 0.1, 0.8)];
      const found = differenceOfMeans(drawNines(random, n, centre, spread), drawNines(random, n, other, otherSpread), ninesRange.highest);
      const truth = (centre - other) / (of === "effect" ? spread : 1);
      return found.defined ? { interval: found[of], truth } : { interval: null, reason: found.reason, truth };
    },
  };
}

/** Two samples of n values, shifted and with different spreads: the probability that one of the first is larger. */
function drawTwo(random: Random, n: number) {
  const [shift, spread] = [between(random, -2, 2), between(random, 0.5, 1.5)];
  return {
    first: listOf(n, () => shift + drawNormal(random)),
    second: listOf(n, () => spread * drawNormal(random)),
    larger: normalShare(shift / Math.sqrt(1 + spread ** 2)),
  };
}

/** A sweep of 2 x 3 points: an effect of each axis, of both together, or of none. */
function drawSweep(random: Random, seeds: number) {
  const effect = (levels: number): number[] => {
    const scale = random.chance(0.25) ? 0 : 1.5 * random.uniform();
    const drawn = listOf(levels, () => scale * drawNormal(random));
    const mean = drawn.reduce((sum, value) => sum + value, 0) / levels;
    return drawn.map((value) => value - mean);
  };
  const [first, second] = [effect(2), effect(3)];
  const runs = first.flatMap((a, one) =>
    second.flatMap((b, other) => listOf(seeds, () => a + b + drawNormal(random)).map((result) => ({ values: [one, other], result }))),
  );
  const square = (values: readonly number[]): number => values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
  const total = square(first) + square(second) + 1;
  return { shares: sharesOfGrid(designOf(runs), 0.95), ofFirst: square(first) / total, ofSeeds: 1 / total };
}

function ofImportance(id: string, what: string, of: "axis" | "seeds"): IntervalKind {
  return {
    id,
    what,
    units: "seeds",
    modules: ["analysis/importance/importance", "analysis/importance/gridVariances", "analysis/importance/noncentralityInterval"],
    range: [0, 1],
    promise: "mean",
    share: 0.5,
    draw(random, n) {
      const { shares, ofFirst, ofSeeds } = drawSweep(random, n);
      const share = of === "axis" ? shares.axes[0] : shares.seeds;
      const truth = of === "axis" ? ofFirst : ofSeeds;
      if (share?.low == null || share.high === null) return { interval: null, reason: shares.reason ?? withoutReason, truth };
      return { interval: { low: share.low, high: share.high }, truth };
    },
  };
}

/** A sweep of 2 x 3 points whose axes have no effect. */
const importanceOfNothing: IntervalKind = {
  id: "importance.null",
  what: "share of the variance of a sweep of 2 x 3 points that an axis without effect explains, for other seeds: whether it contains 0",
  units: "seeds",
  modules: ["analysis/importance/gridVariances"],
  range: [0, 1],
  promise: "null",
  draw(random, n) {
    const runs = [0, 1].flatMap((one) =>
      [0, 1, 2].flatMap((other) => listOf(n, () => drawNormal(random)).map((result) => ({ values: [one, other], result }))),
    );
    const [, share] = sharesOfGrid(designOf(runs), 0.95).axes;
    if (share?.low == null || share.high === null) return { interval: null, reason: withoutReason, truth: 0 };
    return { interval: { low: share.low, high: share.high }, truth: 0 };
  },
};

/** @param unit of the values, in standard deviations; null if they are never equal. */
function ofShift(id: string, what: string, unit: number | null): IntervalKind {
  const rounded = (value: number): number => (unit === null ? value : unit * Math.round(value / unit));
  return {
    id,
    what,
    units: "values in each sample",
    modules: ["analysis/shiftInterval"],
    range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    promise: "atLeast",
    draw(random, n) {
      const truth = rounded(drawNormal(random));
      // The smallest two-sided p of three against three is .1.
      if (n < 4) return { interval: null, reason: "samples too small for an interval of 95%", truth };
      const [first, second] = [listOf(n, () => rounded(drawNormal(random))), listOf(n, () => rounded(drawNormal(random)))];
      return {
        interval: shiftInterval(
          first.map((value) => value + truth),
          second,
        ),
        truth,
      };
    },
  };
}

export const runKinds: readonly IntervalKind[] = [
  {
    id: "mean.nines",
    what: "mean of runs in nines, for other runs of this kind (Student)",
    units: "runs",
    modules: ["perception/intervals/meanInterval"],
    range: [ninesRange.lowest, ninesRange.highest],
    promise: "mean",
    draw(random, n) {
      const [centre, spread] = [between(random, 2.5, 4.5), between(random, 0.1, 0.6)];
      return drawnOf(meanInterval(momentsOf(drawNines(random, n, centre, spread)), ninesRange), centre);
    },
  },
  {
    id: "mean.counts",
    what: "mean number of classes at .9999 of 10, 100 or 1,000, for other runs of this kind, in shares of all classes",
    units: "runs",
    modules: ["perception/intervals/meanInterval", "perception/intervals/clusteredShare"],
    range: [0, 1],
    promise: "mean",
    draw(random, n, simulation) {
      const classes = numbersOfClasses[simulation % numbersOfClasses.length] as number;
      const [centre, spread] = [between(random, -2, 2), between(random, 0.2, 1)];
      const counts = listOf(n, () => countHits(random, classes, logistic(centre + spread * drawNormal(random))) / classes);
      const truth = meanOverNormal((x) => logistic(centre + spread * x));
      return drawnOf(meanInterval(momentsOf(counts), { lowest: 0, highest: 1, isShare: true }), truth);
    },
  },
  {
    id: "median",
    what: "median over seeds, voters or images, for others of this kind (order statistics)",
    units: "values",
    modules: ["analysis/medianInterval"],
    range: [0, Number.POSITIVE_INFINITY],
    promise: "mean",
    draw(random, n) {
      const spread = between(random, 0.2, 1.2);
      const interval = medianInterval(listOf(n, () => Math.exp(spread * drawNormal(random))));
      return { interval, reason: `fewer than ${fewestForMedian} values`, truth: 1 };
    },
  },
  ofMeans(
    {
      id: "difference.nines",
      what: "difference of mean confidences in nines, for other images (Welch)",
      range: [-ninesRange.highest, ninesRange.highest],
    },
    "difference",
  ),
  ofMeans(
    { id: "effect.hedges", what: "Hedges' g of two groups of images", range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] },
    "effect",
  ),
  {
    id: "effect.cliff",
    what: "Cliff's delta of two groups of runs, for other runs (Feng and Cliff); pages show it from three runs",
    units: "runs in each group",
    modules: ["analysis/cliffsDelta"],
    range: [-1, 1],
    promise: "mean",
    draw(random, n) {
      const { first, second, larger } = drawTwo(random, n);
      if (n < fewestForArea) return { interval: null, reason: "fewer than three runs in a group", truth: 2 * larger - 1 };
      return { interval: cliffsDelta(first, second, normalQuantile(0.975)), truth: 2 * larger - 1 };
    },
  },
  ofShift("shift", "shift between two samples (Hodges and Lehmann), for other samples of both kinds", null),
  ofShift("shift.tied", "shift between two samples with ties, such as of whole numbers, for other samples of both kinds", 0.5),
  ofImportance("importance.axis", "share of the variance of a sweep of 2 x 3 points that an axis explains, for other seeds", "axis"),
  importanceOfNothing,
  ofImportance("importance.seeds", "share of the variance of a sweep of 2 x 3 points between seeds, for other seeds", "seeds"),
  {
    id: "detector.auroc",
    what: "area under a detector's ROC curve, for other images of both kinds",
    units: "images of each kind",
    modules: ["analysis/rocIntervals"],
    range: [0, 1],
    promise: "mean",
    draw(random, n) {
      const { first, second, larger } = drawTwo(random, n);
      return { interval: areaInterval(first, second), reason: `fewer than ${fewestForArea} images of a kind`, truth: larger };
    },
  },
  {
    id: "detector.fpr",
    what: "a detector's false positive rate at a recall of .95, for other images of both kinds: n fooling images, 200 real ones",
    units: "fooling images",
    modules: ["analysis/rocIntervals"],
    range: [0, 1],
    promise: "mean",
    draw(random, n) {
      const [truth, spread] = [between(random, 0.02, 0.98), between(random, 0.5, 1.5)];
      const threshold = spread * normalQuantile(1 - truth);
      const positives = listOf(200, () => threshold - normalQuantile(0.05) + drawNormal(random));
      const negatives = listOf(n, () => spread * drawNormal(random));
      return {
        interval: falsePositiveRateInterval(positives, negatives),
        reason: `fewer than ${fewestForRate.negatives} fooling images`,
        truth,
      };
    },
  },
];
