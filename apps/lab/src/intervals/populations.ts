/** Populations from which simulated samples are drawn, and their true values. */
import { normalQuantile } from "@pareidolia/analysis/normalQuantile";
import { normalTail } from "@pareidolia/analysis/normalTail";
import type { Random } from "@pareidolia/core/random";
import { emptyTally, type Tally } from "@pareidolia/perception/images/imageTally";
import { drawNormal } from "../perception/electorates.ts";

export const between = (random: Random, low: number, high: number): number => low + (high - low) * random.uniform();

export const listOf = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);

export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

export const normalShare = (x: number): number => 1 - normalTail(x);

/** The mean of a function of a standard normal number, by the trapezoidal rule. */
export function meanOverNormal(of: (x: number) => number): number {
  let [sum, weights] = [0, 0];
  for (let k = -80; k <= 80; k++) {
    const weight = Math.exp(-((k / 20) ** 2) / 2);
    sum += weight * of(k / 20);
    weights += weight;
  }
  return sum / weights;
}

export function countHits(random: Random, trials: number, probability: number): number {
  let hits = 0;
  for (let trial = 0; trial < trials; trial++) if (random.chance(probability)) hits++;
  return hits;
}

/** Voters and images that vary, as in a probit model with crossed effects; `agreement` is the share over all of both. */
export interface VotingPopulation {
  readonly agreement: number;
  readonly voterSpread: number;
  readonly imageSpread: number;
}

export function drawPopulation(random: Random): VotingPopulation {
  return { agreement: between(random, 0.1, 0.95), voterSpread: random.uniform(), imageSpread: between(random, 0.2, 1.2) };
}

export function drawLeniency(random: Random, voters: number): number[] {
  return listOf(voters, () => drawNormal(random));
}

/** Votes of new voters on new images, as columns. A random share of the voters, from `shown` to 1, votes on each image. */
export function drawBallots(
  random: Random,
  { agreement, voterSpread, imageSpread }: VotingPopulation,
  { voters, images, shown }: { readonly voters: number; readonly images: number; readonly shown: number },
) {
  const centre = normalQuantile(agreement) * Math.sqrt(1 + voterSpread ** 2 + imageSpread ** 2);
  const leniency = drawLeniency(random, voters);
  const cells = listOf(images, () => imageSpread * drawNormal(random)).flatMap((ease, item) => {
    const part = between(random, shown, 1);
    return leniency.flatMap((own, voter) => {
      if (part < 1 && !random.chance(part)) return [];
      return [{ item, voter, agrees: random.chance(normalShare(centre + voterSpread * own + ease)) ? 1 : 0 }];
    });
  });
  return {
    items: images,
    voters,
    item: Int32Array.from(cells, ({ item }) => item),
    voter: Int32Array.from(cells, ({ voter }) => voter),
    agrees: Int8Array.from(cells, ({ agrees }) => agrees),
  };
}

/** The votes of all these voters on new images. @param leniency of each voter, standard normal. */
export function drawVotes(
  random: Random,
  { agreement, voterSpread, imageSpread }: VotingPopulation,
  { leniency, images }: { readonly leniency: readonly number[]; readonly images: number },
): { readonly byVoter: Tally; readonly byImage: Tally } {
  const centre = normalQuantile(agreement) * Math.sqrt(1 + voterSpread ** 2 + imageSpread ** 2);
  const difficulty = listOf(images, () => imageSpread * drawNormal(random));
  const [byVoter, byImage] = [emptyTally(leniency.length), emptyTally(images)];
  byVoter.votes.fill(images);
  byImage.votes.fill(leniency.length);
  for (const [voter, own] of leniency.entries())
    for (const [image, ease] of difficulty.entries()) {
      if (!random.chance(normalShare(centre + voterSpread * own + ease))) continue;
      byVoter.agreeing[voter] = (byVoter.agreeing[voter] as number) + 1;
      byImage.agreeing[image] = (byImage.agreeing[image] as number) + 1;
    }
  return { byVoter, byImage };
}
