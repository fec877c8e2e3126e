/** Gates that can fail: closed forms hold, and the mutants that passed earlier gates fail them. `npm run audit -- --full` tries all mutants. */
import { closedForms } from "@pareidolia/lab/perception/closedForms/closedFormGates";
import { binomialShare, deltaError, integrate, jeffreysShare, meanAbsolute } from "@pareidolia/lab/perception/closedForms/formulas";
import { consistencyOfObservers } from "@pareidolia/lab/perception/closedForms/pairShares";
import { lowestCoverage } from "@pareidolia/lab/perception/closedForms/shares";
import { realStatistics } from "@pareidolia/lab/perception/closedForms/statistics";
import { describe as asDescription, checkBars, judge, noBar } from "@pareidolia/lab/report";
import { exactInterval } from "@pareidolia/perception/intervals/exactInterval";
import { describe, expect, it } from "vitest";
import { mutants } from "../../../audit/mutants.ts";

/** Groups that take well under a second. */
const quick = [
  "exact, wilson, sequence, calibration error, reliability diagram, distances, temperature, slopes, canaries",
  "false discoveries, agreement across voters and images, norming rooms, share over voters, mean share",
  "recognised share, mean recognised share",
  "difference of shares, difference of means, Holm, averages, shown shares, yes or no, reliability, split halves",
  "voters, images, response bias, response times, counts",
].flatMap((line) => line.split(", "));
const failing = (statistics = realStatistics, ids = quick) =>
  closedForms
    .filter(({ id }) => ids.includes(id))
    .flatMap(({ rows }) => rows(statistics))
    .filter(({ holds }) => !holds);

describe("closed forms of the statistics of votes", () => {
  it("hold", () => {
    expect(failing().map(({ id, what, figure }) => `${id} ${what} ${figure}`)).toEqual([]);
  });

  it.each(mutants.filter(({ of }) => closedForms.some(({ id, of: called }) => quick.includes(id) && called.includes(of))))(
    "notice the mutant $name",
    ({ of, mutate }) => {
      const groups = closedForms.filter(({ of: called }) => called.includes(of)).map(({ id }) => id);
      expect(failing(mutate(realStatistics), groups)).not.toEqual([]);
    },
  );

  it("are checked by at least one mutant of each statistic", () => {
    const mutated = new Set(mutants.map(({ of }) => of));
    expect(Object.keys(realStatistics).filter((name) => !mutated.has(name as keyof typeof realStatistics))).toEqual([]);
    const called = new Set(closedForms.flatMap(({ of }) => of));
    expect(Object.keys(realStatistics).filter((name) => !called.has(name as keyof typeof realStatistics))).toEqual([]);
  });
});

describe("the true minimum of the exact interval's coverage", () => {
  it("is at least its confidence, and below 95% for an interval of 94.5%, between the shares that a simulation tries", () => {
    expect(lowestCoverage(200, (k) => exactInterval(k, 200))).toBeGreaterThanOrEqual(0.95);
    expect(lowestCoverage(200, (k) => exactInterval(k, 200))).toBeLessThan(0.9505);
    expect(lowestCoverage(200, (k) => exactInterval(k, 200, 0.945))).toBeLessThan(0.9455);
    // On a fine grid, no share has less.
    const ends = Array.from({ length: 21 }, (_, k) => exactInterval(k, 20));
    const lowest = lowestCoverage(20, (k) => ends[k] as (typeof ends)[number]);
    for (let step = 1; step < 1000; step++) {
      const p = step / 1000;
      const covered = ends.reduce((sum, { low, high }, k) => sum + (low <= p && p <= high ? binomialShare(20, p, k, k) : 0), 0);
      expect(covered).toBeGreaterThanOrEqual(lowest - 1e-12);
    }
  });
});

describe("the formulas behind the closed forms", () => {
  it("agree with known values", () => {
    expect(binomialShare(10, 0.5, 0, 2)).toBeCloseTo(56 / 1024, 14);
    expect(binomialShare(5000, 1e-3, 0, 0)).toBeCloseTo(0.999 ** 5000, 14);
    expect(integrate(Math.sin, 0, Math.PI)).toBeCloseTo(2, 12);
    // Beta(1/2, 1/2) is the arcsine distribution, and Beta(3/2, 1/2) has this integral at 1/2.
    expect(jeffreysShare(0, 0, 0.25)).toBeCloseTo((2 / Math.PI) * Math.asin(0.5), 10);
    expect(jeffreysShare(1, 0, 0.5)).toBeCloseTo(0.5 - 1 / Math.PI, 9);
    expect(meanAbsolute(0, 1)).toBeCloseTo(Math.sqrt(2 / Math.PI), 9);
    expect(meanAbsolute(5, 1)).toBeCloseTo(5, 6);
    // Observers without shared difficulty are independent; those who are right on the same half of the trials are always consistent.
    const half = (of: (difficulty: number) => number): number => (of(0) + of(1)) / 2;
    expect(consistencyOfObservers([() => 0.7, () => 0.6, () => 0.9], half)).toBeCloseTo(0, 12);
    expect(consistencyOfObservers([(d) => d, (d) => d], half)).toBeCloseTo(1, 12);
    // Of a share, the standard error is that of a binomial.
    expect(deltaError([30, 70], ([share = 0]) => share)).toBeCloseTo(Math.sqrt(0.21 / 100), 8);
  });
});

describe("a figure of perception", () => {
  const row = judge({ id: "a", what: "b", figure: 1, bar: { atLeast: 2 }, detail: "" });

  it("has a bar or is marked as a description", () => {
    expect(() => checkBars([row, asDescription(row)])).not.toThrow();
    expect(() => checkBars([{ ...row, bar: noBar, holds: true }])).toThrow('The figure "b" (a) has no bar.');
    expect(asDescription(row)).toMatchObject({ bar: noBar, holds: true, description: true });
  });
});
