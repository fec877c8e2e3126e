/** Intervals of agreement, consistency, bias and calibration. */

import type { Random } from "@pareidolia/core/random";
import {
  type AgreementCoefficient,
  agreeingPairs,
  agreementInterval,
  fleiss,
  nominalAlpha,
} from "@pareidolia/perception/agreement/acrossVotersAndImages";
import { type Correctness, meanErrorConsistency, pairsAmong } from "@pareidolia/perception/agreement/errorConsistency";
import { codingAgreement } from "@pareidolia/perception/coding/codingAgreement";
import { bcaBootstrap, whyWithoutResampling } from "@pareidolia/perception/numbers/bcaBootstrap";
import { comparePairedShares } from "@pareidolia/perception/study/pairedComparison";
import { resamplesFor } from "@pareidolia/perception/study/results/figure";
import { sessionSlope } from "@pareidolia/perception/voters/sessionSlope";
import type { VoteTable } from "@pareidolia/perception/voteTable";
import { consistencyOfObservers } from "../perception/closedForms/pairShares.ts";
import { drawFrom, drawNormal, simulationRandom } from "../perception/electorates.ts";
import { type IntervalKind, withoutReason } from "./intervalKind.ts";
import { between, countHits, listOf, logistic, meanOverNormal } from "./populations.ts";

/** Voters who name an image's own answer, or else one of their habits. */
interface NamingPopulation {
  readonly answers: number;
  readonly ease: number;
  readonly voterSpread: number;
  readonly imageSpread: number;
  readonly habit: number;
}

const numbersOfAnswers = [2, 3, 5, 10] as const;

function namingPopulation(index: number): NamingPopulation {
  const random = simulationRandom(9, index);
  return {
    answers: numbersOfAnswers[index % numbersOfAnswers.length] as number,
    ease: between(random, -1.5, 2.5),
    voterSpread: random.uniform(),
    imageSpread: between(random, 0.3, 1.5),
    habit: random.uniform(),
  };
}

function drawVoter(random: Random, { answers, voterSpread, habit }: NamingPopulation) {
  const habits = listOf(answers, () => Math.exp(habit * drawNormal(random)));
  const total = habits.reduce((sum, value) => sum + value, 0);
  return { skill: voterSpread * drawNormal(random), habits: habits.map((value) => value / total) };
}

function drawImage(random: Random, { answers, imageSpread }: NamingPopulation) {
  return { answer: random.below(answers), ease: imageSpread * drawNormal(random) };
}

type Voter = ReturnType<typeof drawVoter>;
type Image = ReturnType<typeof drawImage>;

function name(random: Random, { ease }: NamingPopulation, voter: Voter, image: Image): number {
  return random.chance(logistic(ease + voter.skill + image.ease)) ? image.answer : drawFrom(random, voter.habits);
}

function drawTable(random: Random, population: NamingPopulation, size: { readonly voters: number; readonly images: number }): VoteTable {
  const voters = Array.from({ length: size.voters }, () => drawVoter(random, population));
  const images = Array.from({ length: size.images }, () => drawImage(random, population));
  const cells = images.flatMap((image, item) =>
    voters.map((voter, who) => ({ item, who, answer: name(random, population, voter, image) })),
  );
  return {
    items: images.length,
    voters: voters.length,
    answers: population.answers,
    item: Int32Array.from(cells, ({ item }) => item),
    voter: Int32Array.from(cells, ({ who }) => who),
    answer: Int32Array.from(cells, ({ answer }) => answer),
  };
}

interface Truth {
  /** Probability that two voters agree on an image, and that two votes on different images do. */
  readonly agreeing: number;
  readonly chance: number;
}

const populations = 24;
const pairsForTruth = 150_000;
const truths = new Map<number, Truth>();

/** From pairs of new voters on new images; computed once for each population. */
function truthOf(index: number): Truth {
  const known = truths.get(index);
  if (known !== undefined) return known;
  const [population, random] = [namingPopulation(index), simulationRandom(10, index)];
  const totals = new Float64Array(population.answers);
  let agreeing = 0;
  for (let pair = 0; pair < pairsForTruth; pair++) {
    const image = drawImage(random, population);
    const [one, other] = [0, 1].map(() => name(random, population, drawVoter(random, population), image)) as [number, number];
    if (one === other) agreeing++;
    for (const answer of [one, other]) totals[answer] = (totals[answer] as number) + 1;
  }
  const chance = totals.reduce((sum, total) => sum + (total / (2 * pairsForTruth)) ** 2, 0);
  const truth = { agreeing: agreeing / pairsForTruth, chance };
  truths.set(index, truth);
  return truth;
}

const corrected = ({ agreeing, chance }: Truth): number => (agreeing - chance) / (1 - chance);

function ofCoefficient(
  kind: Pick<IntervalKind, "id" | "what" | "units">,
  coefficient: AgreementCoefficient,
  truth: (truth: Truth) => number,
  size: (n: number) => { readonly voters: number; readonly images: number },
): IntervalKind {
  return {
    ...kind,
    modules: ["perception/agreement/acrossVotersAndImages", "perception/norming/roomAgreement"],
    range: [coefficient.lowest, 1],
    promise: "mean",
    share: 0.25,
    draw(random, n, simulation) {
      const index = simulation % populations;
      const found = agreementInterval(drawTable(random, namingPopulation(index), size(n)), coefficient);
      const value = truth(truthOf(index));
      return found.defined ? { interval: found, truth: value } : { interval: null, reason: found.reason, truth: value };
    },
  };
}

/** Five observers whose errors share the difficulty of the image. */
function drawObservers(random: Random, images: number, skills: readonly number[], spread: number): readonly Correctness[] {
  const rows = skills.map(() => new Int8Array(images));
  for (let image = 0; image < images; image++) {
    const difficulty = spread * drawNormal(random);
    for (const [observer, skill] of skills.entries())
      (rows[observer] as Int8Array)[image] = random.chance(logistic(skill + difficulty)) ? 1 : 0;
  }
  return rows;
}

function ofPairs(id: string, what: string, of: "difference" | "effect" | "correlation"): IntervalKind {
  return {
    id,
    what,
    units: "images",
    modules: ["perception/study/pairedComparison"],
    range: of === "effect" ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] : [-1, 1],
    promise: "mean",
    share: of === "correlation" ? 0.25 : 1,
    draw(random, n, simulation) {
      const [shift, spread, common] = [between(random, -0.15, 0.15), between(random, 0.05, 0.15), 0.1];
      const images = listOf(n, () => 0.5 + common * drawNormal(random));
      const noise = (): number => (spread * drawNormal(random)) / Math.SQRT2;
      const voters = { variance: 0, freedom: 10 };
      const found = comparePairedShares(
        { shares: images.map((share) => share + shift / 2 + noise()), voters },
        { shares: images.map((share) => share - shift / 2 + noise()), voters },
        { seed: simulation, resamples: 400 },
      );
      const truth = of === "difference" ? shift : of === "effect" ? shift / spread : common ** 2 / (common ** 2 + spread ** 2 / 2);
      const part = of === "correlation" ? found.correlation : found.difference;
      if (!part.defined) return { interval: null, reason: part.reason, truth };
      return { interval: "low" in part ? part : part[of as "difference" | "effect"], truth };
    },
  };
}

export const agreementKinds: readonly IntervalKind[] = [
  ofCoefficient(
    { id: "alpha.voters", what: "Krippendorff's alpha, for other voters and other images: n voters, 30 images", units: "voters" },
    nominalAlpha,
    corrected,
    (n) => ({ voters: n, images: 30 }),
  ),
  ofCoefficient(
    { id: "alpha.images", what: "Krippendorff's alpha, for other voters and other images: 20 voters, n images", units: "images" },
    nominalAlpha,
    corrected,
    (n) => ({ voters: 20, images: n }),
  ),
  ofCoefficient(
    { id: "fleiss.both", what: "Fleiss' kappa, for other voters and other images: n of both", units: "voters and images" },
    fleiss,
    corrected,
    (n) => ({ voters: n, images: n }),
  ),
  ofCoefficient(
    { id: "pairs.both", what: "share of agreeing pairs, for other voters and other images: n of both", units: "voters and images" },
    agreeingPairs,
    ({ agreeing }) => agreeing,
    (n) => ({ voters: n, images: n }),
  ),
  {
    id: "consistency",
    what: "mean error consistency of five observers, for other images (BCa)",
    units: "images",
    modules: ["perception/agreement/errorConsistency", "perception/agreement/coefficient", "perception/numbers/bcaBootstrap"],
    range: [-1, 1],
    promise: "mean",
    share: 0.4,
    draw(random, n, simulation) {
      const [spread, skills] = [between(random, 0.5, 2), listOf(5, () => between(random, -0.5, 1))];
      // Integrated over the difficulty, without the code that is tested.
      const truth = consistencyOfObservers(
        skills.map((skill) => (difficulty) => logistic(skill + spread * difficulty)),
        meanOverNormal,
      );
      const found = meanErrorConsistency(pairsAmong(drawObservers(random, n, skills, spread)), { seed: simulation, resamples: 400 });
      return found.defined ? { interval: found, truth } : { interval: null, reason: found.reason, truth };
    },
  },
  {
    id: "bias.corrected",
    what: "statistics of resampled voters, such as corrected accuracy, for other voters (BCa): accuracy of voters with 20 votes",
    units: "voters",
    modules: ["perception/numbers/bcaBootstrap"],
    range: [0, 1],
    promise: "mean",
    share: 0.25,
    draw(random, n, simulation) {
      const [centre, spread] = [between(random, -1, 2), between(random, 0.3, 1)];
      const truth = meanOverNormal((x) => logistic(centre + spread * x));
      const hits = listOf(n, () => countHits(random, 20, logistic(centre + spread * drawNormal(random))));
      const statistic = (weights: Float64Array): number =>
        hits.reduce((sum, count, voter) => sum + (weights[voter] as number) * count, 0) / (20 * weights.reduce((sum, one) => sum + one, 0));
      const { low, high } = bcaBootstrap({ units: n, statistic, seed: simulation, resamples: 400 });
      return Number.isNaN(low) ? { interval: null, reason: whyWithoutResampling(n, "voters"), truth } : { interval: { low, high }, truth };
    },
  },
  ofPairs("paired.difference", "mean difference of the images of two studies, for other images and other voters", "difference"),
  ofPairs("paired.effect", "Cohen's d of the images of two studies", "effect"),
  ofPairs("paired.correlation", "correlation of the images of two studies, for other images (BCa)", "correlation"),
  {
    id: "coding.texts",
    what: "agreement (Krippendorff's alpha) of two researchers who code texts, for other texts and these coders (BCa)",
    units: "texts",
    modules: ["perception/coding/codingAgreement"],
    range: [-1, 1],
    promise: "mean",
    draw(random, n, simulation) {
      const labels = 3 + random.below(5);
      const [one, other] = [between(random, 0.6, 0.95), between(random, 0.6, 0.95)];
      const texts = Array.from({ length: n }, () => {
        const right = random.below(labels);
        const codeOf = (coder: number, share: number) => ({
          coder,
          kind: "LABEL" as const,
          label: random.chance(share) ? right : random.below(labels),
        });
        return { codes: [codeOf(0, one), codeOf(1, other)] };
      });
      // Coders who do not know the right code guess, so both are right together, or agree by chance.
      const truth = one * other;
      const { alpha } = codingAgreement(texts, { seed: simulation, resamples: resamplesFor(n) });
      return alpha.defined ? { interval: alpha, truth } : { interval: null, reason: alpha.reason, truth };
    },
  },
  {
    id: "session.slope",
    what: "change of the share that agrees over a session, for other voters (clustered by voter)",
    units: "voters",
    modules: ["perception/voters/sessionSlope"],
    range: [-1, 1],
    promise: "mean",
    draw(random, n) {
      const truth = between(random, -0.01, 0.01);
      const trials = 20;
      const cells = listOf(n, () => truth + 0.004 * drawNormal(random)).flatMap((slope, voter) => {
        const level = 0.5 + 0.1 * drawNormal(random);
        return Array.from({ length: trials }, (_, trial) => {
          const share = Math.min(1, Math.max(0, level + slope * (trial - (trials - 1) / 2)));
          return { voter, trial, agrees: random.chance(share) ? 1 : 0 };
        });
      });
      const found = sessionSlope({
        voters: n,
        voter: Int32Array.from(cells, ({ voter }) => voter),
        trial: Int32Array.from(cells, ({ trial }) => trial),
        agrees: Int8Array.from(cells, ({ agrees }) => agrees),
      });
      return found === null ? { interval: null, reason: withoutReason, truth } : { interval: found.slope, truth };
    },
  },
];
