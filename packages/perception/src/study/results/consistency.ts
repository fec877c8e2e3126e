/**
 * Consistency: whether people agree with the label of the same images as one another, and as other networks do (error consistency), and
 * whether another half of the voters would order the images alike (split-half reliability).
 *
 * Being right is agreeing with the image's label. The network that gave the label is always right in this sense, so it has no errors to
 * compare; other networks that have scored the image are the observers beside people. A kappa above 0 says that images which people
 * recognise are those that also transfer to the other network.
 */
import { boolean, integer, list, number, record, type Shape, type ShapeValue, text } from "@pareidolia/core/documentShape";
import { Purpose, Random } from "@pareidolia/core/random";
import { undefinedBecause } from "../../agreement/coefficient.ts";
import { type Correctness, comparedPairs, meanErrorConsistency } from "../../agreement/errorConsistency.ts";
import { splitHalfReliability } from "../../agreement/splitHalf.ts";
import { none } from "../../countedVotes.ts";
import { shuffled } from "../../draws.ts";
import { whyWithout } from "../../protocols/registry.ts";
import type { Evidence, PhaseEvidence } from "./evidence.ts";
import {
  type CoefficientFigure,
  coefficientFigure,
  coefficientShape,
  defined,
  figureOf,
  figureShape,
  noVotes,
  type OrReason,
  orReason,
  resamplesFor,
} from "./figure.ts";
import { defineResult, ifUsable } from "./resultKind.ts";

const halvesFields = record({
  /** By components of variance, with an interval for other images and other voters of the same kinds; n counts images with two votes. */
  reliability: orReason(figureShape),
  /** The mean over divisions, stepped up to all voters. */
  splitHalf: number,
  voters: integer,
  votes: integer,
  /** Divisions of the voters, and whether these are all that there are. */
  splits: integer,
  exhaustive: boolean,
  /** The reliability from single divisions: 2.5th and 97.5th percentile. */
  lowestSplits: number,
  maxSplits: number,
});
export interface Halves extends ShapeValue<typeof halvesFields> {}
const halvesShape: Shape<Halves> = halvesFields;

/** Pairs that a mean is over: both have errors. Left out although kappa is 0: one of the two is always right, or always wrong. */
const pairsFields = { pairsUsed: integer, pairsAtZero: integer };

const phaseFields = record({
  protocol: text,
  /** Images with votes. */
  images: integer,
  /** Pairs of voters, drawn at random if there are very many. */
  pairs: integer,
  allPairs: integer,
  ...pairsFields,
  /** Voters with votes, and those compared with networks. */
  voters: integer,
  compared: integer,
  resamples: integer,
  /** The mean kappa over pairs of voters; n counts their votes, each once. Intervals resample images. */
  people: coefficientShape,
  /** The mean over voters with each other network, and the images that it has scored; n counts votes. The most scored first. */
  networks: list(record({ model: text, images: integer, consistency: coefficientShape, ...pairsFields })),
  halves: orReason(halvesShape),
});
export interface ConsistencyPhase extends ShapeValue<typeof phaseFields> {}
const phaseShape: Shape<ConsistencyPhase> = phaseFields;

export const consistency = defineResult({
  id: "consistency",
  label: "Consistency",
  description:
    "Whether people agree on the same images as one another and as other networks, and the split-half reliability of the images' shares.",
  shared: ({ plan: { seed } }) => ({ seed }),
  /** Of divisions, pairs and resampling. */
  sharedShape: record({ seed: integer }),
  compute: ({ phases }, evidence) => ({ phases: phases.map((phase) => consistencyOf(phase, evidence)) }),
  sectionShape: record({ phases: list(phaseShape) }),
});

/** More pairs would take seconds, and hardly narrow the interval, which is that of other images. */
const maxPairs = 200;
/** The streams of pairs and of voters, besides those of bootstraps and of the divisions. */
const streams = { pairs: 3, voters: 4 } as const;
/** Divisions, fewer for very many images, whose shares are correlated for each. */
const mostSplits = 200;
const maxCorrelated = 2e6;

function consistencyOf(phase: PhaseEvidence, evidence: Evidence): ConsistencyPhase {
  const { protocol, coded, votes } = phase;
  const without = whyWithout(protocol, "agreement", coded);
  const counted = without === null ? [...votes.agrees.keys()].filter((vote) => votes.agrees[vote] !== none) : [];
  const { seed } = evidence.plan;
  const voters = [...new Set(counted.map((vote) => votes.voter[vote] as number))].sort((one, other) => one - other);
  const images = new Set(counted.map((vote) => votes.item[vote] as number)).size;
  const [pairs, compared] = [pairsOf(voters, seed), sampleOf(voters, seed)];
  const rows = new Map<number, Correctness>();
  const rowOf = (voter: number): Correctness => rows.get(voter) as Correctness;
  for (const voter of [...pairs.flat(), ...compared]) if (!rows.has(voter)) rows.set(voter, new Int8Array(votes.items).fill(none));
  for (const vote of counted) {
    const row = rows.get(votes.voter[vote] as number);
    if (row !== undefined) row[votes.item[vote] as number] = votes.agrees[vote] as number;
  }
  const options = { seed, resamples: resamplesFor(images) };
  const missing = without ?? (counted.length === 0 ? noVotes : null);
  const meanOf = (observers: readonly (readonly [Correctness, Correctness])[], otherwise: string): OrReason<CoefficientFigure> => {
    if (missing !== null) return undefinedBecause(missing);
    return observers.length === 0 ? undefinedBecause(otherwise) : coefficientFigure(meanErrorConsistency(observers, options), "images");
  };
  const ofPeople = pairs.map(([one, other]) => [rowOf(one), rowOf(other)] as const);
  const withNetwork = (answers: Correctness) => compared.map((voter) => [rowOf(voter), answers] as const);
  return {
    protocol: protocol.kind,
    images,
    pairs: pairs.length,
    allPairs: (voters.length * Math.max(0, voters.length - 1)) / 2,
    ...countPairs(ofPeople),
    voters: voters.length,
    compared: compared.length,
    resamples: options.resamples,
    people: meanOf(ofPeople, "Error consistency between people needs the votes of at least two voters."),
    networks: networksOf(evidence.images).map(({ model, answers, images: scored }) => ({
      model,
      images: scored,
      consistency: withoutNetwork(meanOf(withNetwork(answers), noVotes)),
      ...countPairs(withNetwork(answers)),
    })),
    halves: ifUsable(phase, "agreement", () => halvesOf(phase, seed)),
  };
}

function countPairs(pairs: readonly (readonly [Correctness, Correctness])[]): { pairsUsed: number; pairsAtZero: number } {
  const { used, zero } = comparedPairs(pairs);
  return { pairsUsed: used, pairsAtZero: zero };
}

/** The network's own answers, one for each image, are no votes. */
function withoutNetwork(figure: OrReason<CoefficientFigure>): OrReason<CoefficientFigure> {
  return figure.defined ? { ...figure, n: figure.n - figure.items } : figure;
}

/** More networks could not be read. */
const maxNetworks = 12;

interface Network {
  readonly model: string;
  readonly answers: Correctness;
  readonly images: number;
}

/** The networks that have scored most images, and whether they give each the study's label; none where it is theirs or not scored. */
function networksOf(images: Evidence["images"]): readonly Network[] {
  const found = new Map<string, Correctness>();
  for (const [index, { model: own, networks = [] }] of images.entries())
    for (const { model, agrees } of networks) {
      if (model === own) continue;
      let answers = found.get(model);
      if (answers === undefined) {
        answers = new Int8Array(images.length).fill(none);
        found.set(model, answers);
      }
      answers[index] = agrees ? 1 : 0;
    }
  return [...found]
    .map(([model, answers]) => ({ model, answers, images: answers.reduce((sum, answer) => sum + (answer === none ? 0 : 1), 0) }))
    .sort((one, other) => other.images - one.images || (one.model < other.model ? -1 : 1))
    .slice(0, maxNetworks);
}

function halvesOf({ votes }: PhaseEvidence, seed: number): ConsistencyPhase["halves"] {
  if (!votes.agrees.some((value) => value !== none)) return undefinedBecause(noVotes);
  const splits = Math.max(10, Math.min(mostSplits, Math.floor(maxCorrelated / votes.items)));
  const found = splitHalfReliability(votes, { seed, splits });
  if (!found.defined) return found;
  const { estimate, reliability, items, votes: used, voters, splits: drawn, exhaustive, lowestSplits, maxSplits } = found;
  return defined({
    reliability: reliability.defined ? figureOf(reliability, items, "votersAndImages", noVotes) : reliability,
    splitHalf: estimate,
    voters,
    votes: used,
    splits: drawn,
    exhaustive,
    lowestSplits,
    maxSplits,
  });
}

function sampleOf(voters: readonly number[], seed: number): readonly number[] {
  if (voters.length <= maxPairs) return voters;
  return shuffled(voters, new Random({ seed, generation: streams.voters, index: 0, purpose: Purpose.RESAMPLE })).slice(0, maxPairs);
}

/** All pairs of the voters, or as many random ones as can be compared. */
function pairsOf(voters: readonly number[], seed: number): readonly (readonly [number, number])[] {
  if ((voters.length * (voters.length - 1)) / 2 <= maxPairs)
    return voters.flatMap((one, index) => voters.slice(index + 1).map((other) => [one, other] as const));
  const random = new Random({ seed, generation: streams.pairs, index: 0, purpose: Purpose.RESAMPLE });
  const drawn = new Map<string, readonly [number, number]>();
  while (drawn.size < maxPairs) {
    const [one, other] = [random.below(voters.length), random.below(voters.length)];
    if (one < other) drawn.set(`${one} ${other}`, [voters[one] as number, voters[other] as number]);
  }
  return [...drawn.values()];
}
