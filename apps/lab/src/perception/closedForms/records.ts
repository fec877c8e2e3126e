/** What pages show of each voter and each image: skills, shares, p, response bias and times, by hand and by the equations of intervals. */
import { emptyTally } from "@pareidolia/perception/images/imageTally";
import type { ReportRow } from "../../report.ts";
import { near, nearAll } from "../row.ts";
import { easyVotes, rightShares, skillRows } from "./aggregation.ts";
import { alphaRowsOf, codedTexts } from "./agreement.ts";
import { binomialShare, jeffreysShare, normalPoint } from "./formulas.ts";
import type { ClosedFormGates, Statistics } from "./statistics.ts";

const rounding = 1e-8;

function row(what: string, figures: readonly number[], expected: readonly number[]): ReportRow {
  return nearAll({ id: "value records", what, figures, expected, tolerance: rounding });
}

function skillsRows({ skillsOf }: Statistics): readonly ReportRow[] {
  const skills = skillsOf(easyVotes(), 1);
  const found = rightShares.map((_, voter) => skills.of(voter));
  const end = (name: "low" | "high"): Float64Array =>
    Float64Array.from(found, (one) => ("skill" in one && one.interval.defined ? one.interval[name] : Number.NaN));
  const skill = Float64Array.from(found, (one) => ("skill" in one ? one.skill : Number.NaN));
  return skillRows("skillsOf", { skill, skillInterval: { low: end("low"), high: end("high") } }, rightShares, 1);
}

/** A voter with 7 of 10 votes that agree, 4 of 5 gold trials and 2 of 3 noise trials right, after 1 to 10 seconds. */
function voterRows({ describeVoters }: Statistics): readonly ReportRow[] {
  const place = Int32Array.from({ length: 10 }, (_, k) => k);
  const check = (hits: readonly number[]) => ({
    items: hits.length,
    voters: 1,
    item: place.slice(0, hits.length),
    voter: new Int32Array(hits.length),
    hit: Uint8Array.from(hits),
  });
  const agrees = Int8Array.from([1, 1, 1, 1, 1, 1, 1, 0, 0, 0]);
  const [found] = describeVoters(
    {
      items: 10,
      voters: 1,
      answers: 2,
      item: place,
      voter: new Int32Array(10),
      answer: Int32Array.from(agrees),
      target: new Int32Array(10).fill(1),
      agrees,
      trial: place,
      responseMs: Float64Array.from(place, (k) => 1000 * (k + 1)),
    },
    { gold: check([1, 1, 1, 1, 0]), noise: check([1, 0, 1]), canaries: check([1, 1, 0]), canaryRates: [0.2, 0.2, 0.2] },
  );
  const tails = ({ hits, of, share }: { hits: number; of: number; share: { low: number; high: number } | null }): readonly number[] => [
    binomialShare(of, share?.low ?? Number.NaN, hits, of),
    binomialShare(of, share?.high ?? Number.NaN, 0, hits),
  ];
  if (found === undefined) return [];
  const { agreement, gold, noise, canaries, times } = found;
  return [
    row(
      "a voter's hits: votes, gold and noise",
      [agreement, gold, noise].flatMap(({ hits, of, share }) => [hits, of, share?.estimate ?? Number.NaN]),
      [7, 10, 0.7, 4, 5, 0.8, 2, 3, 2 / 3],
    ),
    row(
      "at the ends of their intervals, the tails of the binomial distribution",
      [agreement, gold, noise].flatMap(tails),
      Array(6).fill(0.025),
    ),
    row("p of a voter who names 2 of 3 canaries that people name with probability .2", [canaries.p], [3 * 0.2 ** 2 * 0.8 + 0.2 ** 3]),
    row("a voter's median time", [times?.median ?? Number.NaN], [5500]),
  ];
}

const images = [
  [18, 20],
  [12, 20],
  [9, 20],
  [16, 25],
] as const;

/** Against chance .5: exact p, adjusted by Benjamini and Hochberg's definition, and the equations of both intervals. */
function imageRows({ describeImages }: Statistics): readonly ReportRow[] {
  const tally = emptyTally(images.length);
  for (const [index, [agreeing, votes]] of images.entries()) {
    tally.agreeing[index] = agreeing;
    tally.votes[index] = votes;
  }
  const found = describeImages(tally, { chance: 0.5 });
  const ps = images.map(([agreeing, votes]) => binomialShare(votes, 0.5, agreeing, votes));
  const adjusted = ps.map((p) => {
    const larger = ps.filter((other) => other >= p).map((other) => (other * ps.length) / ps.filter((one) => one <= other).length);
    return Math.min(1, ...larger);
  });
  const ends = ({ low, high }: { readonly low: number; readonly high: number }): readonly number[] => [low, high];
  return [
    row(
      "p of four images against chance",
      found.map(({ p }) => p ?? Number.NaN),
      ps,
    ),
    row(
      "p of four images, adjusted",
      found.map(({ adjustedP }) => adjustedP ?? Number.NaN),
      adjusted,
    ),
    row(
      "shares of four images",
      found.map(({ interval }) => interval?.estimate ?? Number.NaN),
      images.map(([agreeing, votes]) => agreeing / votes),
    ),
    row(
      "ends of Wilson's intervals of four images, which solve the score equation",
      found.flatMap(({ interval, agreeing, votes }) =>
        ends(interval ?? { low: Number.NaN, high: Number.NaN }).map((end) =>
          Math.sqrt(((agreeing / votes - end) ** 2 * votes) / (end * (1 - end))),
        ),
      ),
      Array(2 * images.length).fill(normalPoint),
    ),
    row(
      "ends of the Beta intervals of four images: the posterior's integral",
      found.flatMap(({ beta, agreeing, votes }) => ends(beta).map((end) => jeffreysShare(agreeing, votes - agreeing, end))),
      images.flatMap(() => [0.025, 0.975]),
    ),
  ];
}

/** 30 votes on three labels: 8, 7 and 6 of ten are right. */
const confusion = [8, 1, 1, 2, 7, 1, 3, 1, 6];

function biasRows({ responseBias, scoreConfusion }: Statistics): readonly ReportRow[] {
  const cells = confusion.flatMap((count, cell) => Array.from({ length: count }, () => cell));
  const found = responseBias({
    answers: 3,
    target: Int32Array.from(cells, (cell) => Math.floor(cell / 3)),
    answer: Int32Array.from(cells, (cell) => cell % 3),
  });
  // Answers are 13, 9 and 8 of 30, and targets a third each.
  const [accuracy, expected] = [21 / 30, 1 / 3];
  const scored = scoreConfusion(confusion, 3);
  const first = found?.categories[0];
  return [
    row("response bias: base rates of answers", found?.categories.map(({ baseRate }) => baseRate) ?? [], [13 / 30, 9 / 30, 8 / 30]),
    row(
      "response bias: accuracy, as expected by base rates, and corrected",
      [found, scored].flatMap((one) => [one?.accuracy, one?.expected, one?.corrected].map((value) => value ?? Number.NaN)),
      [accuracy, expected, 0.55, accuracy, expected, 0.55],
    ),
    row(
      "response bias: ends of the interval of a label's right answers, which solve the score equation",
      [first?.right?.low, first?.right?.high].map((end = Number.NaN) => Math.sqrt(((0.8 - end) ** 2 * 10) / (end * (1 - end)))),
      [normalPoint, normalPoint],
    ),
  ];
}

/** Ten times, of which one is below .3 s and one above a minute: quartiles between order statistics (Hyndman & Fan 1996, type 7). */
function timeRows({ responseTimes }: Statistics): readonly ReportRow[] {
  const found = responseTimes([200, 900, 1000, 1100, 1300, 1500, 2000, 2600, 4000, 70_000]);
  return [
    row(
      "response times: median, quartiles, and shares that are too fast and too slow",
      found === null ? [] : [found.median, found.lowerQuartile, found.upperQuartile, found.tooFast, found.tooSlow],
      [1400, 1025, 2450, 0.1, 0.1],
    ),
  ];
}

/** Of three voters, one is above chance by the interval, another by the mean only. */
function countRows({ countAboveChance, binomialUpperTail, mostDisputed }: Statistics): readonly ReportRow[] {
  const tally = emptyTally(3);
  tally.votes.fill(20);
  tally.agreeing.set([18, 12, 7]);
  const { units, meanAbove, intervalAbove } = countAboveChance(tally, 0.5);
  const score = (share: number, end = Number.NaN): number => Math.sqrt(((share - end) ** 2 * 3) / (end * (1 - end)));
  const [item] = mostDisputed(
    [0, 0, 0, 1, 1, 2].map((answer) => ({ item: 0, phase: 0, answer })),
    1,
  );
  return [
    row("shares of voters above chance, by the mean and by the interval", [meanAbove?.estimate, intervalAbove?.estimate].map(Number), [
      2 / 3,
      1 / 3,
    ]),
    row(
      "ends of their intervals, which solve the score equation",
      [score(2 / 3, meanAbove?.low), score(2 / 3, meanAbove?.high), score(1 / 3, intervalAbove?.low), score(1 / 3, intervalAbove?.high)],
      Array(4).fill(normalPoint),
    ),
    row(
      "tails of the binomial distribution at the ends of the voters' intervals",
      units.flatMap(({ share }, k) => {
        const hits = tally.agreeing[k] as number;
        return [binomialShare(20, share.low, hits, 20), binomialShare(20, share.high, 0, hits)];
      }),
      Array(6).fill(0.025),
    ),
    row("p of 14 of 20 gold photographs with a skill of .6", [binomialUpperTail(14, 20, 0.6)], [binomialShare(20, 0.6, 14, 20)]),
    // Of 15 pairs of votes, 3 + 1 agree.
    row("agreement on a disputed image with three, two and one votes", [item?.agreement ?? Number.NaN], [4 / 15]),
  ];
}

function codingRows({ codingAgreement }: Statistics): readonly ReportRow[] {
  const { alpha } = codingAgreement(codedTexts(), { seed: 5, resamples: 20_000 });
  return alphaRowsOf("coding of a thousand texts", alpha);
}

/** The mean of values without pattern, whose standard error is known. */
function resamplingRows({ bcaBootstrap }: Statistics): readonly ReportRow[] {
  const values = Array.from({ length: 1000 }, (_, k) => (k * 0.6180339887498949) % 1);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const error = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 999 / 1000);
  const statistic = (weights: Float64Array): number => values.reduce((sum, value, k) => sum + (weights[k] as number) * value, 0) / 1000;
  const found = bcaBootstrap({ units: 1000, statistic, seed: 5, resamples: 20_000 });
  return [
    row("mean of a thousand resampled units", [found.estimate], [mean]),
    near({
      id: "width records",
      what: "resampling: width of the interval of a mean of a thousand units, as a share of that by its standard error",
      figure: (found.high - found.low) / (2 * normalPoint * error),
      expected: 1,
      tolerance: 0.01,
    }),
  ];
}

export const recordClosedForms: readonly ClosedFormGates[] = [
  { id: "skills", of: ["skillsOf"], rows: skillsRows },
  { id: "voters", of: ["describeVoters"], rows: voterRows },
  { id: "images", of: ["describeImages"], rows: imageRows },
  { id: "response bias", of: ["responseBias", "scoreConfusion"], rows: biasRows },
  { id: "response times", of: ["responseTimes"], rows: timeRows },
  { id: "counts", of: ["countAboveChance", "binomialUpperTail", "mostDisputed"], rows: countRows },
  { id: "coding", of: ["codingAgreement"], rows: codingRows },
  { id: "resampling", of: ["bcaBootstrap"], rows: resamplingRows },
];
