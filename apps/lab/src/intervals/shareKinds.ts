/** Intervals of shares: of independent votes, of votes clustered by voter or image, and of differences. */
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import type { Random } from "@pareidolia/core/random";
import { meanShare, sharesOfImages } from "@pareidolia/perception/images/meanShare";
import { recognisedShare } from "@pareidolia/perception/images/recognisedShare";
import { betaInterval } from "@pareidolia/perception/intervals/betaInterval";
import type { BoundsOrReason } from "@pareidolia/perception/intervals/bounds";
import { sequenceInterval } from "@pareidolia/perception/intervals/confidenceSequence";
import { exactInterval } from "@pareidolia/perception/intervals/exactInterval";
import { shareOverVoters } from "@pareidolia/perception/intervals/shareOverVoters";
import { type DifferenceOrReason, differenceOfShares } from "@pareidolia/perception/study/differenceOfShares";
import { totalAgreement } from "@pareidolia/perception/study/totalAgreement";
import { drawNormal } from "../perception/electorates.ts";
import type { Drawn, IntervalKind } from "./intervalKind.ts";
import {
  between,
  countHits,
  drawBallots,
  drawLeniency,
  drawPopulation,
  drawVotes,
  listOf,
  logistic,
  meanOverNormal,
} from "./populations.ts";

type Independent = (successes: number, trials: number) => { readonly low: number; readonly high: number };

function ofVotes(kind: Pick<IntervalKind, "id" | "what" | "modules" | "promise">, interval: Independent): IntervalKind {
  return {
    ...kind,
    units: "votes",
    range: [0, 1],
    draw(random, n) {
      const truth = random.uniform();
      return { interval: interval(countHits(random, n, truth), n), truth };
    },
  };
}

export function drawnOf(bounds: BoundsOrReason, truth: number): Drawn {
  return bounds.defined ? { interval: bounds, truth } : { interval: null, reason: bounds.reason, truth };
}

/** Shares of units with a logistic normal propensity, and n votes of each. */
function drawClusters(random: Random, n: number, votes: number) {
  const [centre, spread] = [between(random, -1.5, 2.5), between(random, 0.2, 1.7)];
  const agreeing = listOf(n, () => countHits(random, votes, logistic(centre + spread * drawNormal(random))));
  return { agreeing, truth: meanOverNormal((x) => logistic(centre + spread * x)) };
}

/** Of a voter: studies have at least so many trials. */
const numbersOfTrials = [10, 20, 30, 50] as const;
const choose = (numbers: readonly number[], simulation: number): number => numbers[simulation % numbers.length] as number;

/** The difference or effect of two groups of images on which the same voters vote. */
function ofGroups(
  kind: Pick<IntervalKind, "id" | "what" | "units">,
  size: (n: number) => { voters: number; images: number },
): IntervalKind {
  return {
    ...kind,
    modules: ["perception/study/differenceOfShares"],
    range: [-1, 1],
    promise: "mean",
    draw(random, n) {
      const [first, second] = [drawPopulation(random), drawPopulation(random)];
      const { voters, images } = size(n);
      const leniency = drawLeniency(random, voters);
      const of = { ...second, voterSpread: first.voterSpread, imageSpread: first.imageSpread };
      const found: DifferenceOrReason = differenceOfShares(
        drawVotes(random, first, { leniency, images }),
        drawVotes(random, of, { leniency, images }),
      );
      const truth = first.agreement - second.agreement;
      return found.defined ? { interval: found.difference, truth } : { interval: null, reason: found.reason, truth };
    },
  };
}

function ofTotal(kind: Pick<IntervalKind, "id" | "what" | "units">, size: (n: number) => { voters: number; images: number }): IntervalKind {
  return {
    ...kind,
    modules: ["perception/study/totalAgreement", "perception/intervals/crossedShare", "perception/intervals/clusteredShare"],
    range: [0, 1],
    promise: "mean",
    draw(random, n) {
      const population = drawPopulation(random);
      const { voters, images } = size(n);
      const { byVoter, byImage } = drawVotes(random, population, { leniency: drawLeniency(random, voters), images });
      return drawnOf(totalAgreement(byVoter, byImage).interval, population.agreement);
    },
  };
}

function ofMeanShare(
  kind: Pick<IntervalKind, "id" | "what" | "units">,
  size: (n: number) => { voters: number; images: number; shown: number },
): IntervalKind {
  return {
    ...kind,
    modules: ["perception/images/meanShare", "perception/intervals/crossedShare"],
    range: [0, 1],
    promise: "mean",
    draw(random, n) {
      const population = drawPopulation(random);
      const shares = sharesOfImages(drawBallots(random, population, size(n)), new Uint8Array(size(n).images).fill(1));
      const truth = population.agreement;
      return shares === null ? { interval: null, reason: "no votes", truth } : drawnOf(meanShare(shares), truth);
    },
  };
}

export const shareKinds: readonly IntervalKind[] = [
  ofVotes(
    {
      id: "share.wilson",
      what: "share of independent votes, such as on one image, for other voters (Wilson)",
      modules: ["analysis/wilson", "perception/intervals/shareInterval"],
      promise: "mean",
    },
    wilsonInterval,
  ),
  ofVotes(
    { id: "share.beta", what: "share of independent votes (Jeffreys)", modules: ["perception/intervals/betaInterval"], promise: "mean" },
    (successes, trials) => betaInterval(successes, trials),
  ),
  ofVotes(
    {
      id: "share.exact",
      what: "share of independent trials, such as of one voter, for other images (Clopper and Pearson)",
      modules: ["perception/intervals/exactInterval"],
      promise: "atLeast",
    },
    exactInterval,
  ),
  ofVotes(
    {
      id: "share.sequence",
      what: "share of independent votes, at every number of votes (confidence sequence)",
      modules: ["perception/intervals/confidenceSequence"],
      promise: "atLeast",
    },
    (successes, trials) => sequenceInterval(successes, trials),
  ),
  {
    id: "share.recognised",
    what: "share that recognises a label beyond guessing, of n votes among two choices and n among ten, for other voters (Wilson, corrected)",
    units: "votes of each",
    modules: ["perception/images/recognisedShare"],
    range: [0, 1],
    promise: "mean",
    draw(random, n) {
      const truth = random.uniform();
      let [recognised, guessOdds] = [0, 0];
      for (const choices of [2, 10]) {
        const agreeing = countHits(random, n, truth + (1 - truth) / choices);
        recognised += agreeing - (n - agreeing) / (choices - 1);
        guessOdds += n / (choices - 1);
      }
      return { interval: recognisedShare({ votes: 2 * n, recognised, guessOdds }), reason: "no votes", truth };
    },
  },
  ofMeanShare(
    { id: "mean.voters", what: "mean share of images, for other voters and other images: n voters, 30 images", units: "voters" },
    (n) => ({ voters: n, images: 30, shown: 1 }),
  ),
  ofMeanShare(
    { id: "mean.images", what: "mean share of images, for other voters and other images: 30 voters, n images", units: "images" },
    (n) => ({ voters: 30, images: n, shown: 1 }),
  ),
  ofMeanShare(
    {
      id: "mean.uneven",
      what: "mean share of images with different numbers of votes, for other voters and other images: 40 voters, n images, each seen by 30 to 100%",
      units: "images",
    },
    (n) => ({ voters: 40, images: n, shown: 0.3 }),
  ),
  {
    id: "share.voters",
    what: "share of all votes, for other voters and these images",
    units: "voters",
    modules: ["perception/intervals/shareOverVoters", "perception/intervals/clusteredShare"],
    range: [0, 1],
    promise: "mean",
    draw(random, n, simulation) {
      const votes = choose(numbersOfTrials, simulation);
      const { agreeing, truth } = drawClusters(random, n, votes);
      const found = shareOverVoters({ agreeing, votes: agreeing.map(() => votes) }, "no votes");
      return drawnOf("share" in found ? found.interval : found, truth);
    },
  },
  ofTotal(
    { id: "total.voters", what: "total agreement, for other voters and other images: n voters, 30 images", units: "voters" },
    (n) => ({ voters: n, images: 30 }),
  ),
  ofTotal(
    { id: "total.images", what: "total agreement, for other voters and other images: 30 voters, n images", units: "images" },
    (n) => ({ voters: 30, images: n }),
  ),
  ofTotal({ id: "total.both", what: "total agreement, for other voters and other images: n of both", units: "voters and images" }, (n) => ({
    voters: n,
    images: n,
  })),
  ofGroups(
    {
      id: "difference.images",
      what: "difference of shares of two groups of n images, for other images and other voters: 20 voters",
      units: "images",
    },
    (n) => ({ voters: 20, images: n }),
  ),
  ofGroups(
    {
      id: "difference.voters",
      what: "difference of shares of two groups of 10 images, for other images and other voters: n voters",
      units: "voters",
    },
    (n) => ({ voters: n, images: 10 }),
  ),
];
