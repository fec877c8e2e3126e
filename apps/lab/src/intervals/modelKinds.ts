/** Intervals of models of votes: voters' skills, strengths of compared images, sensitivity, reliability, calibration. */
import { normalQuantile } from "@pareidolia/analysis/normalQuantile";
import type { Random } from "@pareidolia/core/random";
import { bradleyTerry, whyWithoutStrengths } from "@pareidolia/perception/aggregation/bradleyTerry";
import { shareReliability } from "@pareidolia/perception/agreement/shareReliability";
import { assignBins, type Binning, errorBand, whyWithoutError } from "@pareidolia/perception/calibration/reliability";
import { emptyCounts, intervalOverVoters } from "@pareidolia/perception/detection/overVoters";
import { yesNoSensitivity } from "@pareidolia/perception/detection/signalDetection";
import { whyWithoutResampling } from "@pareidolia/perception/numbers/bcaBootstrap";
import { skillsOf } from "@pareidolia/perception/voters/skills";
import { drawNormal, type ElectorateSize, simulateElectorate } from "../perception/electorates.ts";
import type { IntervalKind } from "./intervalKind.ts";
import {
  between,
  countHits,
  drawBallots,
  drawPopulation,
  listOf,
  logistic,
  meanOverNormal,
  normalShare,
  type VotingPopulation,
} from "./populations.ts";

function ofSkill(
  kind: Pick<IntervalKind, "id" | "what" | "units" | "share" | "modules">,
  size: (n: number, simulation: number) => ElectorateSize,
  model: "dawidSkene" | "mace",
): IntervalKind {
  return {
    ...kind,
    range: [0, 1],
    promise: "mean",
    draw(random, n, simulation) {
      const own = size(n, simulation);
      const { table, skill } = simulateElectorate(model, own, random);
      const knowing = skill[0] as number;
      const truth = model === "mace" ? knowing + (1 - knowing) / own.answers : knowing;
      const found = skillsOf(table, simulation).of(0);
      if (!("skill" in found)) return { interval: null, reason: found.reason, truth };
      return found.interval.defined ? { interval: found.interval, truth } : { interval: null, reason: found.interval.reason, truth };
    },
  };
}

function ofStrength(id: string, what: string, units: string, size: (n: number) => { voters: number; images: number }): IntervalKind {
  return {
    id,
    what,
    units,
    modules: ["perception/aggregation/bradleyTerry"],
    range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    promise: "mean",
    share: 0.5,
    draw(random, n) {
      const { voters, images } = size(n);
      const spread = between(random, 0.5, 1.5);
      const strengths = listOf(images, () => spread * drawNormal(random));
      const choices = listOf(voters, () => Math.exp(0.5 * drawNormal(random))).flatMap((discrimination, voter) =>
        strengths.flatMap((strength, image) =>
          strengths.slice(0, image).map((other, place) => {
            const isWon = random.chance(logistic(discrimination * (strength - other)));
            return { voter, winner: isWon ? image : place, loser: isWon ? place : image };
          }),
        ),
      );
      const mean = strengths.reduce((sum, strength) => sum + strength, 0) / images;
      const truth = (strengths[0] as number) - mean;
      const reason = whyWithoutStrengths({ voters, choices: choices.length });
      if (reason !== null) return { interval: null, reason, truth };
      const { strengthInterval } = bradleyTerry({
        items: images,
        voters,
        winner: Int32Array.from(choices, ({ winner }) => winner),
        loser: Int32Array.from(choices, ({ loser }) => loser),
        voter: Int32Array.from(choices, ({ voter }) => voter),
      });
      return { interval: { low: strengthInterval.low[0] as number, high: strengthInterval.high[0] as number }, truth };
    },
  };
}

/** A network's images, of varying confidence and share. The true error is computed from the true shares in the sample's bins. */
function drawCalibration(random: Random, images: number, binning: Binning) {
  const [power, level, slope, spread] = [
    between(random, 0.6, 1.6),
    between(random, -2, 2),
    between(random, 0, 4),
    between(random, 0.3, 1.5),
  ];
  const votes = 5 + random.below(46);
  const confidenceAt = (u: number): number => 1 - (1 - u) ** power;
  const shareAt = (confidence: number, ease: number): number => logistic(level + slope * (confidence - 0.5) + spread * ease);
  const confidence = Float64Array.from(listOf(images, () => confidenceAt(random.uniform())));
  const truth = confidence.map((value) => countHits(random, votes, shareAt(value, drawNormal(random))) / votes);
  const { edges } = assignBins(confidence, { binning });
  const gaps = new Float64Array(edges.length - 1);
  const points = 600;
  for (let point = 0, bin = 0; point < points; point++) {
    const value = confidenceAt((point + 0.5) / points);
    while (bin < gaps.length - 1 && value > (edges[bin + 1] as number)) bin++;
    gaps[bin] = (gaps[bin] as number) + (value - meanOverNormal((ease) => shareAt(value, ease))) / points;
  }
  return {
    judged: { label: new Int32Array(images), confidence, truth },
    error: gaps.reduce((sum, gap) => sum + Math.abs(gap), 0),
  };
}

/** The part of the variance of an image's share of so many votes that is due to the image. */
function reliabilityOf({ agreement, voterSpread, imageSpread }: VotingPopulation, votes: number): number {
  const centre = normalQuantile(agreement) * Math.sqrt(1 + voterSpread ** 2 + imageSpread ** 2);
  const variance = (spread: number, other: number): number =>
    meanOverNormal((x) => (normalShare((centre + spread * x) / Math.sqrt(1 + other ** 2)) - agreement) ** 2);
  const [ofImages, ofVoters] = [variance(imageSpread, voterSpread), variance(voterSpread, imageSpread)];
  const ofError = agreement * (1 - agreement) - ofImages - ofVoters;
  return ofImages / (ofImages + ofError / votes);
}

/** Images of one unit. */
const imagesOfUnit = 20;

function ofCalibration(binning: Binning, what: string): IntervalKind {
  return {
    id: `calibration.${binning}`,
    what: `expected calibration error in 15 bins of ${what}, without bias, for other images and these voters (BCa): ${imagesOfUnit} n images`,
    units: `times ${imagesOfUnit} images`,
    modules: ["perception/calibration/reliability", "perception/numbers/bcaBootstrap"],
    range: [0, 1],
    promise: "mean",
    share: 0.2,
    draw(random, n, simulation) {
      const { judged, error } = drawCalibration(random, imagesOfUnit * n, binning);
      const interval = errorBand(judged, { binning, seed: simulation, resamples: 400 });
      return Number.isNaN(interval.low)
        ? {
            interval: null,
            reason: whyWithoutError(imagesOfUnit * n, new Set(assignBins(judged.confidence, { binning }).bin).size),
            truth: error,
          }
        : { interval, truth: error };
    },
  };
}

export const modelKinds: readonly IntervalKind[] = [
  ofSkill(
    {
      id: "skill.voters",
      what: "skill of a voter (Dawid and Skene), for other images: n voters, 40 images, 2 or 3 answers",
      units: "voters",
      share: 0.4,
      modules: ["perception/voters/skills", "perception/aggregation/summarise"],
    },
    (n, simulation) => ({ items: 40, voters: n, votesPerItem: n, answers: 2 + (simulation % 2) }),
    "dawidSkene",
  ),
  ofSkill(
    {
      id: "skill.images",
      what: "skill of a voter (Dawid and Skene), for other images: 8 voters, 10 n images, 2 or 3 answers",
      units: "times 10 images",
      share: 0.4,
      modules: ["perception/voters/skills"],
    },
    (n, simulation) => ({ items: 10 * n, voters: 8, votesPerItem: 8, answers: 2 + (simulation % 2) }),
    "dawidSkene",
  ),
  ofSkill(
    {
      id: "skill.manyAnswers",
      what: "skill of a voter (MACE), for other images: n voters, 30 images, 12 answers",
      units: "voters",
      share: 0.2,
      modules: ["perception/voters/skills"],
    },
    (n) => ({ items: 30, voters: n, votesPerItem: n, answers: 12 }),
    "mace",
  ),
  ofStrength(
    "strength.voters",
    "strength of one of six images of a label (Bradley and Terry): n voters choose between all pairs",
    "voters",
    (n) => ({
      voters: n,
      images: 6,
    }),
  ),
  ofStrength(
    "strength.images",
    "strength of one of n images of a label (Bradley and Terry): 20 voters choose between all pairs",
    "images",
    (n) => ({
      voters: 20,
      images: n,
    }),
  ),
  {
    id: "sensitivity",
    what: "d' of yes or no against noise, for other voters and these images (BCa): n voters with 20 images and 10 of noise",
    units: "voters",
    modules: ["perception/detection/overVoters", "perception/numbers/bcaBootstrap"],
    range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    promise: "mean",
    share: 0.25,
    draw(random, n, simulation) {
      const [centre, gap, spread] = [between(random, -1, 0.5), between(random, 0, 2), between(random, 0.1, 0.8)];
      const rate = (mean: number): number => normalShare(mean / Math.sqrt(1 + spread ** 2));
      const truth = normalQuantile(rate(centre + gap)) - normalQuantile(rate(centre));
      const counts = emptyCounts(n);
      for (let voter = 0; voter < n; voter++) {
        const own = centre + spread * drawNormal(random);
        counts.signals[voter] = 20;
        counts.noises[voter] = 10;
        counts.hits[voter] = countHits(random, 20, normalShare(own + gap));
        counts.falseAlarms[voter] = countHits(random, 10, normalShare(own));
      }
      const interval = intervalOverVoters(counts, (pooled) => yesNoSensitivity(pooled).dPrime, { seed: simulation, resamples: 400 });
      return interval === null || Number.isNaN(interval.low)
        ? { interval: null, reason: whyWithoutResampling(n, "voters"), truth }
        : { interval, truth };
    },
  },
  {
    id: "reliability",
    what: "reliability of the images' shares, for other voters and other images (Feldt): 20 voters, n images",
    units: "images",
    modules: ["perception/agreement/shareReliability"],
    range: [-1, 1],
    promise: "mean",
    draw(random, n) {
      const population = drawPopulation(random);
      const votes = drawBallots(random, population, { voters: 20, images: n, shown: 1 });
      const found = shareReliability(votes);
      const truth = reliabilityOf(population, 20);
      return found.defined ? { interval: found, truth } : { interval: null, reason: found.reason, truth };
    },
  },
  ofCalibration("equalMass", "equal numbers"),
  ofCalibration("equalWidth", "equal widths"),
];
