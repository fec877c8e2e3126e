/**
 * Simulated studies with and without effects of images: how often the interval of the reliability of shares excludes 0 where the images do not
 * differ, and how often it contains the true reliability where they do.
 */
import { shareReliability } from "@pareidolia/perception/agreement/shareReliability";
import type { ReportRow } from "../report.ts";
import { castVotes, drawNormal, simulationRandom } from "./electorates.ts";
import { coverageRow, near } from "./row.ts";

interface Design {
  readonly images: number;
  readonly voters: number;
  readonly votesPerImage: number;
  /** Standard deviations of the log-odds of agreeing. */
  readonly ofVoters: number;
  readonly ofImages: number;
}

/** Studies in which each image gets the votes of all voters, and of some. */
const withoutEffects: readonly Design[] = [
  { images: 60, voters: 20, votesPerImage: 20, ofVoters: 0, ofImages: 0 },
  { images: 12, voters: 20, votesPerImage: 20, ofVoters: 0.5, ofImages: 0 },
  { images: 30, voters: 8, votesPerImage: 8, ofVoters: 1, ofImages: 0 },
  { images: 60, voters: 20, votesPerImage: 5, ofVoters: 1, ofImages: 0 },
  { images: 30, voters: 40, votesPerImage: 8, ofVoters: 0.5, ofImages: 0 },
];
const withEffects: readonly Design[] = [
  { images: 60, voters: 20, votesPerImage: 20, ofVoters: 0.5, ofImages: 1 },
  { images: 20, voters: 20, votesPerImage: 20, ofVoters: 0.5, ofImages: 1 },
  { images: 60, voters: 20, votesPerImage: 5, ofVoters: 0.5, ofImages: 1 },
];
/** For each simulation of other gates: an F test is fast, and its bar is one point. */
const studiesForEach = 4;

export function reliabilityGates(simulations: number, onProgress: (line: string) => void): readonly ReportRow[] {
  onProgress("simulations: reliability of shares");
  const studies = studiesForEach * simulations;
  return [
    ...withoutEffects.map((design, index) =>
      near({
        id: "null reliability",
        what: "reliability of shares without effects of images: interval excludes 0, %",
        figure: (100 * count(design, studies, 50 + index, ({ low, high }) => low > 0 || high < 0)) / studies,
        expected: 5,
        tolerance: 1,
        detail: `${studies} studies; ${words(design)}`,
      }),
    ),
    ...withEffects.map((design, index) => {
      const truth = trueReliability(design);
      return coverageRow({
        id: "coverage reliability",
        what: "reliability of shares: interval, for other images and other voters",
        covered: count(design, studies, 60 + index, ({ low, high }) => low <= truth && high >= truth),
        of: studies,
        detail: `true ${truth.toFixed(3)}; ${words(design)}`,
      });
    }),
  ];
}

function words({ images, voters, votesPerImage, ofVoters, ofImages }: Design): string {
  return `${images} images, ${votesPerImage} of ${voters} voters each, log-odds vary by ${ofVoters} among voters and ${ofImages} among images`;
}

const probability = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

function count(design: Design, studies: number, seed: number, holds: (interval: { low: number; high: number }) => boolean): number {
  const { images, voters, votesPerImage, ofVoters, ofImages } = design;
  let held = 0;
  for (let s = 0; s < studies; s++) {
    const random = simulationRandom(seed, s);
    const voter = Float64Array.from({ length: voters }, () => ofVoters * drawNormal(random));
    const image = Float64Array.from({ length: images }, () => ofImages * drawNormal(random));
    const table = castVotes(random, { items: images, voters, votesPerItem: votesPerImage, answers: 2 }, (i, v) =>
      random.chance(probability((image[i] as number) + (voter[v] as number))) ? 1 : 0,
    );
    const found = shareReliability({ ...table, agrees: Int8Array.from(table.answer) });
    if (found.defined && holds(found)) held++;
  }
  return held;
}

/** From its definition, by integrating over images and voters: the variance of images as a part of that of shares of so many votes. */
function trueReliability({ votesPerImage, ofVoters, ofImages }: Design): number {
  const grid = Array.from({ length: 161 }, (_, k) => -4 + k / 20);
  const weight = (d: number): number => Math.exp((-d * d) / 2);
  const total = grid.reduce((sum, d) => sum + weight(d), 0);
  const average = (of: (d: number) => number): number => grid.reduce((sum, d) => sum + weight(d) * of(d), 0) / total;
  const p = (image: number, voter: number): number => probability(ofImages * image + ofVoters * voter);
  const shareOf = grid.map((image) => average((voter) => p(image, voter)));
  const byVoter = grid.map((voter) => average((image) => p(image, voter)));
  const at = (column: readonly number[]) => (d: number) => column[Math.round(20 * (d + 4))] as number;
  const mean = average(at(shareOf));
  const images = average((d) => (at(shareOf)(d) - mean) ** 2);
  const voters = average((d) => (at(byVoter)(d) - mean) ** 2);
  // A vote is 0 or 1, so its variance is mean (1 - mean); the rest is error.
  const error = mean * (1 - mean) - images - voters;
  return images / (images + error / votesPerImage);
}
