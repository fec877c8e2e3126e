/** Statistics of studies: the total agreement, slopes over the session, canaries, false discoveries and plans. */
import { Purpose, Random } from "@pareidolia/core/random";
import { emptyTally } from "@pareidolia/perception/images/imageTally";
import { resolveStoppingRule } from "@pareidolia/perception/stopping/registry";
import { judge, type ReportRow } from "../../report.ts";
import { plannedDesign } from "../planGates.ts";
import { near, nearAll } from "../row.ts";
import { normalPoint, studentPoints } from "./formulas.ts";
import type { ClosedFormGates, Statistics } from "./statistics.ts";
import { isNarrow } from "./stopping.ts";

const rounding = 1e-9;

/** Of 400 voters on 400 images: V = V_voters + V_images - V_votes, on the log-odds scale, where the interval is symmetric. */
function totalRows({ totalAgreement }: Statistics): readonly ReportRow[] {
  const size = 400;
  const random = new Random({ seed: 11, generation: 0, index: 0, purpose: Purpose.SIMULATE });
  const [byVoter, byImage] = [emptyTally(size), emptyTally(size)];
  const draw = (): number[] => Array.from({ length: size }, () => 0.3 * (random.uniform() - 0.5));
  const [ofVoters, ofImages] = [draw(), draw()];
  for (const [voter, own] of ofVoters.entries())
    for (const [image, other] of ofImages.entries()) {
      const agrees = random.chance(0.6 + own + other) ? 1 : 0;
      for (const [tally, index] of [
        [byVoter, voter],
        [byImage, image],
      ] as const) {
        tally.votes[index] = (tally.votes[index] as number) + 1;
        tally.agreeing[index] = (tally.agreeing[index] as number) + agrees;
      }
    }
  const votes = size ** 2;
  const share = byVoter.agreeing.reduce((sum, count) => sum + count, 0) / votes;
  const between = (agreeing: Int32Array): number =>
    agreeing.reduce((sum, count) => sum + (count / size - share) ** 2, 0) / (size - 1) / size;
  const error = Math.sqrt(between(byVoter.agreeing) + between(byImage.agreeing) - (share * (1 - share)) / votes);
  const { share: found, interval } = totalAgreement(byVoter, byImage);
  const [low, high] = interval.defined ? [interval.low, interval.high] : [Number.NaN, Number.NaN];
  const logit = (p: number): number => Math.log(p / (1 - p));
  return [
    near({
      id: "value total agreement",
      what: "total agreement of 400 voters on 400 images",
      figure: found,
      expected: share,
      tolerance: rounding,
    }),
    near({
      id: "width total agreement",
      what: "total agreement: width of the interval on the log-odds scale, as a share of that by the two-way variance",
      figure: ((logit(high) - logit(low)) * share * (1 - share)) / (2 * normalPoint * error),
      expected: 1.003,
      tolerance: 0.01,
      detail: "Student's t of 400 voters is .3% above the normal point",
    }),
  ];
}

const answersOfVoters = ["0010110111", "1101101110", "0101101011", "1110001000", "0000101111"];

/** Least squares within voters, with sums of each voter's own products, and t of the printed table. */
function slopeRows({ sessionSlope, voterSlope }: Statistics): readonly ReportRow[] {
  const trials = 10;
  const rows = answersOfVoters.map((line) => Array.from(line, Number));
  const x = Array.from({ length: trials }, (_, trial) => trial - (trials - 1) / 2);
  const products = rows.map((row) => row.reduce((sum, y, trial) => sum + y * (x[trial] as number), 0));
  const squares = x.reduce((sum, value) => sum + value ** 2, 0);
  const slope = products.reduce((sum, product) => sum + product, 0) / (squares * rows.length);
  const spread = products.reduce((sum, product) => sum + (product - slope * squares) ** 2, 0);
  const error = Math.sqrt((spread * rows.length) / (rows.length - 1)) / (squares * rows.length);
  const flat = rows.flatMap((row, voter) => row.map((agrees, trial) => ({ voter, trial, agrees })));
  const found = sessionSlope({
    voters: rows.length,
    voter: Int32Array.from(flat, (vote) => vote.voter),
    trial: Int32Array.from(flat, (vote) => vote.trial),
    agrees: Int8Array.from(flat, (vote) => vote.agrees),
  })?.slope;
  const [first = []] = rows;
  const own = (products[0] as number) / squares;
  const mean = first.reduce((sum, y) => sum + y, 0) / trials;
  const residual = first.reduce((sum, y, trial) => sum + (y - mean - own * (x[trial] as number)) ** 2, 0);
  const ownError = Math.sqrt(residual / (trials - 2) / squares);
  const one = voterSlope({ trial: Int32Array.from(first.keys()), agrees: Int8Array.from(first) })?.slope;
  const ends = (what: string, interval: typeof found, [at, half]: readonly [number, number]): ReportRow =>
    nearAll({
      id: "value slope",
      what: `${what}: estimate and ends of the interval, by least squares and the table of Student's t`,
      figures: [interval?.estimate ?? Number.NaN, interval?.low ?? Number.NaN, interval?.high ?? Number.NaN],
      expected: [at, at - half, at + half],
      tolerance: 1e-7,
    });
  return [
    ends("slope over the session of five voters", found, [slope, (studentPoints[4] as number) * error]),
    ends("slope of one voter", one, [own, (studentPoints[8] as number) * ownError]),
  ];
}

/** A voter who names 3 of 6 labels that people name with probability .2: P(X >= 3) = 1 - .8^6 - 6 x .2 x .8^5 - 15 x .2^2 x .8^4. */
function canaryRows({ canaryTest }: Statistics): readonly ReportRow[] {
  const items = 6;
  const [first] = canaryTest(
    {
      items,
      voters: 1,
      item: Int32Array.from({ length: items }, (_, k) => k),
      voter: new Int32Array(items),
      hit: Uint8Array.of(1, 1, 1, 0, 0, 0),
    },
    Array<number>(items).fill(0.2),
  );
  return [
    near({
      id: "value canary",
      what: "p of a voter who names 3 of 6 canaries that people name with probability .2",
      figure: first?.p ?? Number.NaN,
      expected: 1 - 0.8 ** 6 - 6 * 0.2 * 0.8 ** 5 - 15 * 0.2 ** 2 * 0.8 ** 4,
      tolerance: rounding,
    }),
  ];
}

/** The fifteen p of Benjamini & Hochberg 1995, section 3.2, adjusted by hand. */
function discoveryRows({ benjaminiHochberg }: Statistics): readonly ReportRow[] {
  const ps = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1];
  return [
    nearAll({
      id: "value false discovery",
      what: "adjusted p of Benjamini and Hochberg's example",
      figures: benjaminiHochberg(ps),
      expected: [
        0.0015,
        0.003,
        0.0095,
        0.035625,
        0.0603,
        0.447 / 7,
        0.447 / 7,
        0.0645,
        0.0765,
        0.486,
        6.393 / 11,
        0.714875,
        9.792 / 13,
        11.385 / 14,
        1,
      ],
      tolerance: rounding,
    }),
  ];
}

/** Votes until Wilson's interval is at most `width` wide, of people divided evenly: the median of the distribution of the first such vote. */
function medianVotesForWidth(width: number): number {
  let waiting = Float64Array.of(1);
  let stopped = 0;
  for (let votes = 1; ; votes++) {
    const next = new Float64Array(votes + 1);
    for (let k = 0; k < waiting.length; k++)
      for (const hit of [0, 1]) next[k + hit] = (next[k + hit] as number) + (waiting[k] as number) / 2;
    for (let k = 0; k <= votes; k++)
      if (isNarrow(k, votes, width)) {
        stopped += next[k] as number;
        next[k] = 0;
      }
    if (stopped >= 0.5) return votes;
    waiting = next;
  }
}

const evenly = { agreement: 0.5, voterSpread: 0, imageSpread: 0 };

function planRows({ planVoters, planTotal }: Statistics): readonly ReportRow[] {
  const few = plannedDesign(30, 30);
  const fixed = planVoters(few, { ...evenly, stopping: resolveStoppingRule("fixedNumber", { votes: 100 }), studies: 3, seed: 1 });
  const wide = planVoters(few, { ...evenly, stopping: resolveStoppingRule("intervalWidth", { width: 0.2 }), studies: 40, seed: 1 });
  const size = 120;
  const [total] = planTotal(plannedDesign(size, size), {
    agreement: 0.7,
    voterSpread: 0,
    imageSpread: 0,
    voters: [size],
    images: [size],
    studies: 400,
    seed: 1,
  });
  return [
    near({
      id: "value plan",
      what: "voters for 100 votes on each image, if every voter sees every image",
      figure: fixed.voters.median ?? Number.NaN,
      expected: 100,
      tolerance: 0,
    }),
    judge({
      id: "value plan",
      what: "votes for an interval of 20 points: distance from the median of their exact distribution",
      figure: Math.abs(wide.votesPerImage - medianVotesForWidth(0.2)),
      bar: { below: 1 },
      detail: `median ${wide.votesPerImage}, by the exact distribution ${medianVotesForWidth(0.2)}`,
    }),
    near({
      id: "width plan",
      what: `planned width of the total agreement of ${size} like voters on ${size} like images (5% quantile), as a share of that of independent votes`,
      figure: (total?.width.low ?? Number.NaN) / (2 * normalPoint * Math.sqrt(0.21 / size ** 2)),
      expected: 1,
      tolerance: 0.01,
      detail: "voters and images that vary no more than votes add nothing to their width",
    }),
  ];
}

export const studyClosedForms: readonly ClosedFormGates[] = [
  { id: "total agreement", of: ["totalAgreement"], rows: totalRows },
  { id: "slopes", of: ["sessionSlope", "voterSlope"], rows: slopeRows },
  { id: "canaries", of: ["canaryTest"], rows: canaryRows },
  { id: "false discoveries", of: ["benjaminiHochberg"], rows: discoveryRows },
  { id: "plans", of: ["planVoters", "planTotal"], rows: planRows },
];
