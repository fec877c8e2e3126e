/** Reliability of the images' shares: the coefficient of Kuder and Richardson, its F distribution, and all divisions of a few voters. */
import type { ReportRow } from "../../report.ts";
import { near, nearAll } from "../row.ts";
import { fShare } from "./formulas.ts";
import type { ClosedFormGates, Statistics } from "./statistics.ts";

interface Votes {
  readonly items: number;
  readonly voters: number;
  readonly item: Int32Array;
  readonly voter: Int32Array;
  readonly agrees: Int8Array;
}

/** A row for each image, with 0 or 1 of each voter. */
function columnsOf(rows: readonly (readonly number[])[]): Votes {
  const cells = rows.flatMap((row, item) => row.map((agrees, voter) => ({ item, voter, agrees })));
  return {
    items: rows.length,
    voters: (rows[0] as readonly number[]).length,
    item: Int32Array.from(cells, ({ item }) => item),
    voter: Int32Array.from(cells, ({ voter }) => voter),
    agrees: Int8Array.from(cells, ({ agrees }) => agrees),
  };
}

/**
 * Ten voters; half of the images have the share .7, half .3. Every image and every voter has the same part in both mean squares, so these
 * vary no more than those of normal values, and the interval is Feldt's.
 */
const even = Array.from({ length: 20 }, (_, image) =>
  Array.from({ length: 10 }, (_v, voter) => ((voter + image) % 10 < (image < 10 ? 7 : 3) ? 1 : 0)),
);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

/** Kuder & Richardson 1937, formula 20, with images as persons and voters as items: k / (k - 1) x (1 - sum of p q / variance of sums). */
function kuderRichardson(rows: readonly (readonly number[])[]): number {
  const voters = (rows[0] as readonly number[]).length;
  const ofVoters = Array.from({ length: voters }, (_, voter) => mean(rows.map((row) => row[voter] as number)));
  const sums = rows.map(sum);
  const variance = mean(sums.map((value) => (value - mean(sums)) ** 2));
  return (voters / (voters - 1)) * (1 - sum(ofVoters.map((p) => p * (1 - p))) / variance);
}

function reliabilityRows({ shareReliability }: Statistics): readonly ReportRow[] {
  const found = shareReliability(columnsOf(even));
  const { estimate, low, high } = found.defined ? found : { estimate: Number.NaN, low: Number.NaN, high: Number.NaN };
  const expected = kuderRichardson(even);
  return [
    near({
      id: "value reliability",
      what: "reliability of 20 images' shares, by Kuder and Richardson's formula 20",
      figure: estimate,
      expected,
      tolerance: 1e-9,
    }),
    nearAll({
      id: "width reliability",
      what: "reliability: at the ends, the tails of Feldt's F, (1 - end) / (1 - reliability) with 171 and 19 degrees of freedom",
      figures: [low, high].map((end) => fShare((1 - end) / (1 - expected), 19, 171)),
      expected: [0.975, 0.025],
      tolerance: 1e-6,
    }),
  ];
}

const few = ["110100", "111101", "010000", "111011", "001000", "110110", "000100", "101111"].map((row) => Array.from(row, Number));

/** The mean over the ten divisions of six voters, one half of which has the first voter. */
function ofAllDivisions(rows: readonly (readonly number[])[]): number {
  const others = [1, 2, 3, 4, 5];
  const correlations = others.flatMap((one, at) =>
    others.slice(at + 1).map((two) => {
      const first = rows.map((row) => mean([0, one, two].map((voter) => row[voter] as number)));
      const second = rows.map((row) => mean(others.filter((voter) => voter !== one && voter !== two).map((voter) => row[voter] as number)));
      const product = (a: readonly number[], b: readonly number[]): number =>
        mean(a.map((value, k) => (value - mean(a)) * ((b[k] as number) - mean(b))));
      return product(first, second) / Math.sqrt(product(first, first) * product(second, second));
    }),
  );
  return (2 * mean(correlations)) / (1 + mean(correlations));
}

function splitHalfRows({ splitHalfReliability }: Statistics): readonly ReportRow[] {
  const found = splitHalfReliability(columnsOf(few), { seed: 1 });
  return [
    near({
      id: "value reliability",
      what: "split-half reliability of eight images, by all divisions of six voters",
      figure: found.defined ? found.estimate : Number.NaN,
      expected: ofAllDivisions(few),
      tolerance: 1e-9,
    }),
    near({
      id: "value reliability",
      what: "split-half reliability: the reliability by components of variance beside it",
      figure: found.defined && found.reliability.defined ? found.reliability.estimate : Number.NaN,
      expected: kuderRichardson(few),
      tolerance: 1e-9,
    }),
  ];
}

export const reliabilityClosedForms: readonly ClosedFormGates[] = [
  { id: "reliability", of: ["shareReliability"], rows: reliabilityRows },
  { id: "split halves", of: ["splitHalfReliability"], rows: splitHalfRows },
];
