/**
 * Intervals of agreement coefficients for other voters and other images. Voters vary as images do: intervals that resample images only cover
 * 86 to 90% where voters are drawn again, too. The variance is two-way (Cameron, Gelbach & Miller 2011, "Robust inference with multiway
 * clustering"): V_voters + V_images - V_votes, and at least each of them, where each part is the jackknife's (Efron & Stein 1981, "The
 * jackknife estimate of variance"), which leaves out one voter, one image or one vote at a time. The quantile is Student's, with
 * Satterthwaite's degrees of freedom (1946).
 */
import { studentCriticalValue } from "../numbers/studentDistribution.ts";
import { checkSingleVotes, type VotesByItem, votesByItem } from "../votesByItem.ts";
import type { VoteTable } from "../voteTable.ts";
import { type CoefficientInterval, oneItem, undefinedBecause } from "./coefficient.ts";

/** Sums over images with at least two votes, from which a coefficient is computed. An image has m votes, c of them with one answer. */
export interface AgreementSums {
  /** Votes of each answer. */
  readonly totals: Float64Array;
  images: number;
  votes: number;
  /** Pairs of votes on one image, and those that agree. */
  pairs: number;
  agreeingPairs: number;
  /** Share of agreeing pairs of an image, summed over images. */
  agreement: number;
  /** Disagreeing votes: c (m - c) / (m - 1), summed over answers. */
  disagreement: number;
}

/** From -1 to 1. NaN where it is undefined. */
export interface AgreementCoefficient {
  readonly lowest: -1 | 0;
  /** Whether it compares with agreement by chance, which a single image does not show. */
  readonly correctsForChance: boolean;
  of(sums: AgreementSums): number;
  /** Why it is undefined for votes of at least two voters on an image. */
  readonly reason: string;
}

/** With fewer, simulated intervals do not cover 93 to 97% (`npm run repro -- intervals`). */
export const fewestVoters = 6;
export const fewestImages = 8;

/** The jackknife's maximum number of groups: more voters, images or votes are left out in groups. */
const maxGroups = 400;

/** @throws AppError INVALID_INPUT if a voter has several votes on an image. */
export function agreementInterval(table: VoteTable, coefficient: AgreementCoefficient, confidence = 0.95): CoefficientInterval {
  const votes = votesByItem(table);
  checkSingleVotes(votes);
  const sample = new Sample(votes);
  const { images, votes: paired } = sample.sums;
  if (images === 0) return undefinedBecause("No image has votes of two voters.");
  const evidence = { items: images, votes: paired };
  if (images === 1 && coefficient.correctsForChance) return { ...undefinedBecause(oneItem), ...evidence };
  const estimate = coefficient.of(sample.sums);
  if (Number.isNaN(estimate)) return { ...undefinedBecause(coefficient.reason), ...evidence };
  const none = (reason: string): CoefficientInterval => ({ ...undefinedBecause(reason, estimate), ...evidence });
  if (images < fewestImages || sample.voters < fewestVoters)
    return none(
      `A 95% interval for other voters and other images needs at least ${fewestVoters} voters and ${fewestImages} images with votes of two voters.`,
    );
  const [ofImages, ofVoters, ofVotes] = sample
    .leaveOut()
    .map(({ groups, without }) => jackknife(Array.from({ length: groups }, (_, group) => without(group, coefficient)))) as [
    Part,
    Part,
    Part,
  ];
  const total = Math.max(ofImages.variance, ofVoters.variance, ofVotes.variance, ofImages.variance + ofVoters.variance - ofVotes.variance);
  if (Number.isNaN(total)) return none("Without one of the voters or images, the coefficient is undefined.");
  if (total < 1e-24) return none("Voters agree equally often on every image, so nothing shows how much others would vary.");
  const freedom = total ** 2 / (ofImages.variance ** 2 / ofImages.freedom + ofVoters.variance ** 2 / ofVoters.freedom);
  const half = studentCriticalValue(confidence, Math.max(1, freedom)) * Math.sqrt(total);
  return {
    defined: true,
    estimate,
    low: Math.max(coefficient.lowest, estimate - half),
    high: Math.min(1, estimate + half),
    ...evidence,
    undefinedResamples: 0,
  };
}

interface Part {
  readonly variance: number;
  readonly freedom: number;
}

/** The values are sorted, so that sums are the same to the last bit for each order of voters. */
function jackknife(unsorted: readonly number[]): Part {
  const values = [...unsorted].sort((one, other) => one - other);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { variance: (squares * (values.length - 1)) / values.length, freedom: values.length - 1 };
}

interface LeftOut {
  readonly groups: number;
  without(group: number, coefficient: AgreementCoefficient): number;
}

/** Votes on images, with sums that votes are taken from and given back to. */
class Sample {
  readonly sums: AgreementSums;
  /** Voters with a vote on an image of several votes. */
  readonly voters: number;
  /** Votes on images with several, by their place in the table of votes. */
  private readonly used: Int32Array;
  private readonly itemOf: Int32Array;
  private readonly voterOf: Int32Array;
  private readonly isOut: Uint8Array;
  private readonly votes: VotesByItem;

  constructor(votes: VotesByItem) {
    this.votes = votes;
    const { items, start, voter, answers } = votes;
    this.itemOf = new Int32Array(voter.length);
    this.isOut = new Uint8Array(voter.length);
    this.sums = { totals: new Float64Array(answers), images: 0, votes: 0, pairs: 0, agreeingPairs: 0, agreement: 0, disagreement: 0 };
    const used: number[] = [];
    const places = new Map<number, number>();
    for (let item = 0; item < items; item++) {
      const [from, to] = [start[item] as number, start[item + 1] as number];
      for (let vote = from; vote < to; vote++) {
        this.itemOf[vote] = item;
        if (to - from < 2) continue;
        used.push(vote);
        if (!places.has(voter[vote] as number)) places.set(voter[vote] as number, places.size);
      }
      this.add(item, 1);
    }
    this.used = Int32Array.from(used);
    this.voterOf = voter.map((who) => places.get(who) ?? 0);
    this.voters = places.size;
  }

  /** Ways to leave out a part: images, voters, votes. */
  leaveOut(): readonly LeftOut[] {
    const places = new Map<number, number>();
    for (const vote of this.used) {
      const item = this.itemOf[vote] as number;
      if (!places.has(item)) places.set(item, places.size);
    }
    return [
      this.grouped(places.size, (vote) => places.get(this.itemOf[vote] as number) as number),
      this.grouped(this.voters, (vote) => this.voterOf[vote] as number),
      this.grouped(this.used.length, (_vote, index) => index),
    ];
  }

  private grouped(units: number, unitOf: (vote: number, index: number) => number): LeftOut {
    const groups = Math.min(units, maxGroups);
    const members: number[][] = Array.from({ length: groups }, () => []);
    for (const [index, vote] of this.used.entries()) members[unitOf(vote, index) % groups]?.push(vote);
    return { groups, without: (group, coefficient) => this.valueWithout(members[group] as number[], coefficient) };
  }

  private valueWithout(out: readonly number[], coefficient: AgreementCoefficient): number {
    const items = [...new Set(out.map((vote) => this.itemOf[vote] as number))];
    const change = (isOut: 0 | 1): void => {
      for (const item of items) this.add(item, -1);
      for (const vote of out) this.isOut[vote] = isOut;
      for (const item of items) this.add(item, 1);
    };
    // Sums of fractions would drift if they were taken away and added again.
    const { agreement, disagreement } = this.sums;
    change(1);
    const value = coefficient.of(this.sums);
    change(0);
    Object.assign(this.sums, { agreement, disagreement });
    return value;
  }

  /** Adds an image to the sums, or takes it away. */
  private add(item: number, sign: 1 | -1): void {
    const { start, answer } = this.votes;
    const counts = new Map<number, number>();
    let m = 0;
    for (let vote = start[item] as number; vote < (start[item + 1] as number); vote++) {
      if (this.isOut[vote] === 1) continue;
      m++;
      counts.set(answer[vote] as number, (counts.get(answer[vote] as number) ?? 0) + 1);
    }
    if (m < 2) return;
    const { sums } = this;
    let agreeing = 0;
    for (const [category, count] of counts) {
      sums.totals[category] = (sums.totals[category] as number) + sign * count;
      agreeing += count * (count - 1);
    }
    sums.images += sign;
    sums.votes += sign * m;
    sums.pairs += (sign * m * (m - 1)) / 2;
    sums.agreeingPairs += (sign * agreeing) / 2;
    sums.agreement += (sign * agreeing) / (m * (m - 1));
    sums.disagreement += (sign * (m * (m - 1) - agreeing)) / (m - 1);
  }
}

const oneAnswer = "All votes are the same answer, so agreement cannot be distinguished from chance.";

/** Krippendorff's alpha, nominal (2011, "Computing Krippendorff's Alpha-Reliability"). */
export const nominalAlpha: AgreementCoefficient = {
  lowest: -1,
  correctsForChance: true,
  reason: oneAnswer,
  of({ totals, votes, disagreement }) {
    let expected = 0;
    for (const total of totals) expected += total * (votes - total);
    return expected === 0 ? Number.NaN : 1 - ((votes - 1) * disagreement) / expected;
  },
};

/** Fleiss' kappa (1971), each image's agreement counting once. */
export const fleiss: AgreementCoefficient = {
  lowest: -1,
  correctsForChance: true,
  reason: oneAnswer,
  of({ totals, images, votes, agreement }) {
    let chance = 0;
    for (const total of totals) {
      if (total === votes) return Number.NaN;
      chance += (total / votes) ** 2;
    }
    return (agreement / images - chance) / (1 - chance);
  },
};

/** The share of agreeing pairs of votes. */
export const agreeingPairs: AgreementCoefficient = {
  lowest: 0,
  correctsForChance: false,
  reason: "No image has votes of two voters.",
  of: ({ pairs, agreeingPairs: agreeing }) => agreeing / pairs,
};
