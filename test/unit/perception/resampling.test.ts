/**
 * The fast statistics of large studies give the figures of their definitions: each is compared with a computation that repeats every item of
 * a resample, counts over all answers, or tests every shift.
 */
import { Purpose, Random } from "@pareidolia/core/random";
import { majority } from "@pareidolia/perception/aggregation/majority";
import { fleissKappa, fleissKappaInterval } from "@pareidolia/perception/agreement/fleissKappa";
import { krippendorffAlpha, krippendorffAlphaInterval } from "@pareidolia/perception/agreement/krippendorffAlpha";
import type { Judged } from "@pareidolia/perception/calibration/people";
import { assignBins, calibrationBands, calibrationError } from "@pareidolia/perception/calibration/reliability";
import { shuffled } from "@pareidolia/perception/draws";
import { cyclicShift } from "@pareidolia/perception/foils/cyclicShift";
import { bcaBootstrap } from "@pareidolia/perception/numbers/bcaBootstrap";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { computeResult } from "@pareidolia/perception/study/studyResults";
import type { VoteTable } from "@pareidolia/perception/voteTable";
import { describe, expect, it } from "vitest";
import { imagesOf, studyDesign } from "../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../support/studyPlans.ts";
import { simulatedStudy } from "../../support/studyVotes.ts";

/** More units than the jackknife's 400 groups. */
const items = 450;
const answers = 40;
const options = { seed: 7, resamples: 200 };

const stream = (index: number): Random => new Random({ seed: 3, generation: 0, index, purpose: Purpose.SIMULATE });

/** Votes of 2 to 6 of 6 voters on each item; most voters give the item's own answer. */
function simulatedTable(): VoteTable {
  const random = stream(1);
  const votes: (readonly [item: number, voter: number, answer: number])[] = [];
  for (let item = 0; item < items; item++)
    for (let voter = 0; voter < 6; voter++)
      if (voter < 2 || random.uniform() < 0.7)
        votes.push([item, voter, random.uniform() < 0.6 ? (item * 7) % answers : random.below(answers)]);
  const column = (at: 0 | 1 | 2): Int32Array => Int32Array.from(votes, (vote) => vote[at]);
  return { items, voters: 6, answers, item: column(0), voter: column(1), answer: column(2) };
}

const table = simulatedTable();

/** A table in which item i occurs weights[i] times. */
function repeated(weights: Float64Array): VoteTable {
  const ofItem = Array.from({ length: items }, (): number[] => []);
  for (const [vote, item] of table.item.entries()) ofItem[item]?.push(vote);
  const [item, voter, answer]: [number[], number[], number[]] = [[], [], []];
  let copies = 0;
  for (let original = 0; original < items; original++)
    for (let copy = 0; copy < (weights[original] as number); copy++, copies++)
      for (const vote of ofItem[original] ?? []) {
        item.push(copies);
        voter.push(table.voter[vote] as number);
        answer.push(table.answer[vote] as number);
      }
  return { ...table, items: copies, item: Int32Array.from(item), voter: Int32Array.from(voter), answer: Int32Array.from(answer) };
}

const estimateOf = (coefficient: ReturnType<typeof fleissKappa>): number => (coefficient.defined ? coefficient.estimate : Number.NaN);

function expectSame(fast: object, slow: object): void {
  const [one, other] = [fast, slow] as unknown as Readonly<Record<"estimate" | "low" | "high", number>>[];
  for (const name of ["estimate", "low", "high"] as const) {
    expect(Number.isFinite(one?.[name])).toBe(true);
    expect(Math.abs((one?.[name] as number) - (other?.[name] as number)), name).toBeLessThan(1e-12);
  }
}

describe("intervals from resampled items", () => {
  it("of Krippendorff's alpha are those of tables with repeated items", () => {
    const statistic = (weights: Float64Array) => estimateOf(krippendorffAlpha(repeated(weights), { metric: "nominal" }));
    expectSame(krippendorffAlphaInterval(table, { ...options, metric: "nominal" }), bcaBootstrap({ ...options, units: items, statistic }));
  });

  it("of Fleiss' kappa are those of tables with repeated items", () => {
    const statistic = (weights: Float64Array) => estimateOf(fleissKappa(repeated(weights)));
    expectSame(fleissKappaInterval(table, options), bcaBootstrap({ ...options, units: items, statistic }));
  });

  it("of the calibration error are those of lists with repeated images", () => {
    const random = stream(2);
    const confidence = Float64Array.from({ length: items }, () => 1 - random.uniform() ** 2);
    const truth = confidence.map((value) => Math.round(20 * value * random.uniform()) / 20);
    const how = { binning: "equalWidth", bins: 10 } as const;
    const judgedOf = (images: readonly number[]): Judged => ({
      label: new Int32Array(images.length),
      confidence: Float64Array.from(images, (image) => confidence[image] as number),
      truth: Float64Array.from(images, (image) => truth[image] as number),
    });
    const judged = judgedOf([...confidence.keys()]);
    const statistic = (weights: Float64Array) =>
      calibrationError(judgedOf([...weights].flatMap((weight, image) => Array.from({ length: weight }, () => image))), how).debiasedEce;
    const truthOfResamples = calibrationError(judged, how).ece;
    const means = new Set(assignBins(confidence, how).bin).size;
    const expected = bcaBootstrap({ ...options, units: items, statistic, truthOfResamples, means });
    expectSame(calibrationBands(judged, { ...how, ...options }).debiasedEce, { ...expected, low: Math.max(0, expected.low) });
    // A resample lacks the variance of one image in each bin.
    const ofOneMean = bcaBootstrap({ ...options, units: items, statistic, truthOfResamples });
    expect(expected.high - expected.low).toBeGreaterThan(ofOneMean.high - ofOneMean.low);
  });
});

describe("the interval of corrected accuracy by positions", () => {
  it("is that of single votes weighted by their voters", () => {
    const plan = studyPlan(withImageHashes(studyDesign(30)));
    const evidence = collectStudy(simulatedStudy(plan, { voters: 12 }));
    const [phase] = computeResult("bias", evidence).everyone.phases;
    if (phase?.positions.defined !== true || !phase.positions.corrected.defined) throw new Error("The accuracy is undefined.");
    const { resamples, corrected, confusion } = phase.positions;
    const size = Math.sqrt(confusion.length);
    const { votes, positions } = evidence.everyone.phases[0]!;
    const counted = [...votes.voter.keys()].filter((vote) => positions.target[vote] !== -1 && positions.answer[vote] !== -1);
    const units = [...new Set(counted.map((vote) => votes.voter[vote] as number))];
    const statistic = (weights: Float64Array): number => {
      let [right, all] = [0, 0];
      const [targets, given] = [new Float64Array(size), new Float64Array(size)];
      for (const vote of counted) {
        const weight = weights[units.indexOf(votes.voter[vote] as number)] as number;
        const [target, answer] = [positions.target[vote] as number, positions.answer[vote] as number];
        all += weight;
        right += target === answer ? weight : 0;
        targets[target] = (targets[target] as number) + weight;
        given[answer] = (given[answer] as number) + weight;
      }
      const expected = targets.reduce((sum, value, place) => sum + (value / all) * ((given[place] as number) / all), 0);
      return (right / all - expected) / (1 - expected);
    };
    expectSame(corrected, bcaBootstrap({ seed: plan.seed, resamples, units: units.length, statistic }));
  });
});

describe("the agreement of a voter with the majority of the others", () => {
  it("counts over all answers, and ties by their number", () => {
    const agreed = new Float64Array(table.voters);
    const compared = new Float64Array(table.voters);
    for (let item = 0; item < items; item++) {
      const own = [...table.item.keys()].filter((vote) => table.item[vote] === item);
      for (const vote of own) {
        const counts = Array.from({ length: answers }, (_, answer) =>
          own.reduce((sum, other) => sum + (other !== vote && table.answer[other] === answer ? 1 : 0), 0),
        );
        const most = Math.max(...counts);
        const ties = counts.filter((count) => count === most).length;
        const voter = table.voter[vote] as number;
        if (counts[table.answer[vote] as number] === most) agreed[voter] = (agreed[voter] as number) + 1 / ties;
        compared[voter] = (compared[voter] as number) + 1;
      }
    }
    const { skill } = majority.aggregate(table);
    expect(skill.length).toBe(table.voters);
    for (let voter = 0; voter < table.voters; voter++)
      expect(skill[voter]).toBeCloseTo((agreed[voter] as number) / (compared[voter] as number), 12);
  });
});

describe("foils by cyclic shift", () => {
  it("are the first shifts of the voter's order that give no image its truth", () => {
    const labels = Array.from({ length: 12 }, (_, label) => label);
    const stimuli = imagesOf(labels).map((stimulus, index) => ({ ...stimulus, truth: index % 3 === 0 ? (index + 5) % 12 : null }));
    for (let voter = 0; voter < 50; voter++) {
      const shifts = shuffled(labels.slice(1), stream(voter))
        .filter((shift) => stimuli.every(({ label, truth }) => (label + shift) % 12 !== truth))
        .slice(0, 3);
      const given = { stimuli, labels, count: 3, voter: stream(voter) } as unknown as Parameters<typeof cyclicShift.choose>[0];
      expect(cyclicShift.choose(given)).toEqual(stimuli.map(({ label }) => shifts.map((shift) => (label + shift) % 12)));
    }
  });
});
