/**
 * Gates: the intervals for a share have their nominal coverage when images differ, and Benjamini & Hochberg's procedure makes no more false
 * discoveries than it allows. Agreement is uniform over images, as in a study with images of all kinds.
 */
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import { Purpose, Random } from "@pareidolia/core/random";
import { describeImages } from "@pareidolia/perception/images/describeImages";
import { emptyTally, type Tally } from "@pareidolia/perception/images/imageTally";
import { betaInterval } from "@pareidolia/perception/intervals/betaInterval";
import { exactInterval } from "@pareidolia/perception/intervals/exactInterval";
import { judge, type ReportRow } from "../report.ts";

interface ShareInterval {
  readonly low: number;
  readonly high: number;
}

const intervals: Readonly<Record<string, (agreeing: number, votes: number, confidence: number) => ShareInterval>> = {
  wilson: wilsonInterval,
  beta: (agreeing, votes, confidence) => betaInterval(agreeing, votes, { confidence }),
  exact: exactInterval,
};

/**
 * Votes for each image, and confidences. The exact interval is conservative by construction, most of all for few votes and a low
 * confidence; studies use it at .95.
 */
const settings: Readonly<Record<string, readonly (readonly [votes: number, confidence: number])[]>> = {
  wilson: [
    [20, 0.8],
    [20, 0.95],
    [200, 0.8],
    [200, 0.95],
  ],
  beta: [
    [20, 0.8],
    [20, 0.95],
    [200, 0.8],
    [200, 0.95],
  ],
  exact: [
    [100, 0.95],
    [200, 0.95],
  ],
};

function agreeingOf(random: Random, votes: number, agreement: number): number {
  let agreeing = 0;
  for (let vote = 0; vote < votes; vote++) if (random.chance(agreement)) agreeing++;
  return agreeing;
}

function coverage(name: string, votes: number, confidence: number, images: number, seed: number): number {
  const interval = intervals[name] as (typeof intervals)[string];
  let held = 0;
  for (let index = 0; index < images; index++) {
    const random = new Random({ seed, generation: votes, index, purpose: Purpose.SIMULATE });
    const agreement = random.uniform();
    const { low, high } = interval(agreeingOf(random, votes, agreement), votes, confidence);
    if (low <= agreement && agreement <= high) held++;
  }
  return held / images;
}

/** @param images number of simulated images for each interval. */
export function shareIntervalGates({ images = 20_000, seed = 1 } = {}): ReportRow[] {
  return Object.entries(settings).flatMap(([name, each]) =>
    each.map(([votes, confidence]) => {
      const covered = coverage(name, votes, confidence, images, seed);
      return judge({
        id: `coverage-${name}-${votes}-${confidence}`,
        what: `distance of the coverage from ${confidence}: ${name} interval, ${votes} votes`,
        figure: Math.abs(covered - confidence),
        bar: { below: 0.02 },
        detail: `covers ${covered} of ${images} images`,
      });
    }),
  );
}

/** The exact interval may have more than its nominal coverage, never less, at any share. */
export function exactIntervalGate({ images = 20_000, seed = 2, votes = 20 } = {}): ReportRow {
  const shares = [0.01, 0.05, 0.125, 0.3, 0.5, 0.9];
  const lowest = shares.map((agreement, index) => {
    let held = 0;
    for (let image = 0; image < images; image++) {
      const random = new Random({ seed: seed + index, generation: votes, index: image, purpose: Purpose.SIMULATE });
      const { low, high } = exactInterval(agreeingOf(random, votes, agreement), votes);
      if (low <= agreement && agreement <= high) held++;
    }
    return held / images;
  });
  return judge({
    id: "coverage-exact-lowest",
    what: `lowest coverage of the exact 95% interval over shares from .01 to .9, ${votes} votes`,
    figure: Math.min(...lowest),
    bar: { atLeast: 0.945 },
    detail: shares.map((share, index) => `${share}: ${lowest[index]}`).join(", "),
  });
}

/** Of 60 images, `nulls` are at chance and the others at .8. */
function studyOf(random: Random, nulls: number, votes: number): Tally {
  const tally = emptyTally(60);
  for (let image = 0; image < 60; image++) {
    tally.votes[image] = votes;
    tally.agreeing[image] = agreeingOf(random, votes, image < nulls ? 0.5 : 0.8);
  }
  return tally;
}

export function falseDiscoveryGates({ studies = 2000, seed = 3 } = {}): ReportRow[] {
  return [60, 48, 12].map((nulls) => {
    let shares = 0;
    let found = 0;
    for (let index = 0; index < studies; index++) {
      const random = new Random({ seed, generation: nulls, index, purpose: Purpose.SIMULATE });
      const records = describeImages(studyOf(random, nulls, 25), { chance: 0.5 });
      const discovered = records.filter(({ aboveChance }) => aboveChance);
      shares += discovered.filter(({ item }) => item < nulls).length / Math.max(1, discovered.length);
      found += discovered.length;
    }
    return judge({
      id: `false-discovery-${nulls}`,
      what: `false discovery rate, ${nulls} of 60 images at chance, allowed .05`,
      figure: shares / studies,
      bar: { below: 0.05 },
      detail: `${(found / studies).toFixed(1)} discoveries a study`,
    });
  });
}
