/**
 * Gates: a confidence sequence keeps its coverage when the votes decide when to stop, and an interval for a fixed number of votes does not.
 * The most adversarial stopping rule checks after every vote and stops when the interval excludes the true agreement; the study's own rule
 * stops when the interval excludes chance.
 */
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import { Purpose, Random } from "@pareidolia/core/random";
import { sequenceContains } from "@pareidolia/perception/intervals/confidenceSequence";
import { decide, resolveStoppingRule } from "@pareidolia/perception/stopping/registry";
import { judge, type ReportRow } from "../report.ts";

const agreements = [0.1, 0.5, 0.75];

/** @returns whether the interval ever misses the agreement, from vote `first` to vote `horizon`. */
function everMisses(
  random: Random,
  agreement: number,
  horizon: number,
  misses: (agreeing: number, votes: number) => boolean,
  first: number,
): boolean {
  let agreeing = 0;
  for (let votes = 1; votes <= horizon; votes++) {
    if (random.chance(agreement)) agreeing++;
    if (votes >= first && misses(agreeing, votes)) return true;
  }
  return false;
}

function missed(
  agreement: number,
  electorates: number,
  seed: number,
  horizon: number,
  misses: (agreeing: number, votes: number) => boolean,
): number {
  let count = 0;
  for (let index = 0; index < electorates; index++) {
    const random = new Random({ seed, generation: Math.round(agreement * 1000), index, purpose: Purpose.SIMULATE });
    if (everMisses(random, agreement, horizon, misses, 5)) count++;
  }
  return count / electorates;
}

/** The share of electorates whose interval excluded chance although agreement is at chance, when checked after every vote. */
function falselyDecided(kind: "sequentialBound" | "intervalWidth", electorates: number, seed: number, atMost: number): number {
  // The width rule never stops here before the limit: its interval is only monitored.
  const rule =
    kind === "sequentialBound" ? resolveStoppingRule(kind, { bound: 0.5, atMost }) : resolveStoppingRule(kind, { width: 0.001, atMost });
  const known = new Map<number, boolean>();
  const excludes = (agreeing: number, votes: number): boolean => {
    const key = votes * 2 ** 20 + agreeing;
    const interval = known.has(key) ? null : decide(rule, { agreeing, votes }).interval;
    if (interval !== null) known.set(key, interval.low > 0.5 || interval.high < 0.5);
    return known.get(key) ?? false;
  };
  return missed(0.5, electorates, seed, atMost, excludes);
}

export function optionalStoppingGates({ electorates = 10_000, seed = 1, horizon = 500 } = {}): ReportRow[] {
  const sequence = agreements.map((agreement) =>
    missed(agreement, electorates, seed, horizon, (agreeing, votes) => !sequenceContains(agreement, agreeing, votes)),
  );
  const naive = agreements.map((agreement) => {
    const known = new Map<number, boolean>();
    return missed(agreement, electorates, seed, horizon, (agreeing, votes) => {
      const key = votes * 2 ** 20 + agreeing;
      const miss = known.get(key) ?? (({ low, high }) => agreement < low || agreement > high)(wilsonInterval(agreeing, votes));
      known.set(key, miss);
      return miss;
    });
  });
  const each = (shares: readonly number[]): string => agreements.map((agreement, index) => `${agreement}: ${shares[index]}`).join(", ");
  const decidedBySequence = falselyDecided("sequentialBound", electorates, seed + 1, 200);
  const decidedByWilson = falselyDecided("intervalWidth", electorates, seed + 1, 200);
  return [
    judge({
      id: "sequence-misses",
      what: `confidence sequence: electorates of ${electorates} that ever miss their agreement in ${horizon} votes, allowed .05`,
      figure: Math.max(...sequence),
      bar: { below: 0.05 },
      detail: each(sequence),
    }),
    judge({
      id: "fixed-interval-misses",
      what: "the same with Wilson's interval for a fixed number of votes: optional stopping invalidates it",
      figure: Math.min(...naive),
      bar: { above: 0.2 },
      detail: each(naive),
    }),
    judge({
      id: "sequence-decides-falsely",
      what: "the rule sequentialBound at chance, up to 200 votes: decided falsely, allowed .05",
      figure: decidedBySequence,
      bar: { below: 0.05 },
      detail: "",
    }),
    judge({
      id: "fixed-interval-decides-falsely",
      what: "the same by watching Wilson's interval",
      figure: decidedByWilson,
      bar: { above: 0.15 },
      detail: "",
    }),
  ];
}

/**
 * The posterior rule is right as often as its probability states, on average over its prior and whenever it stops: the probability refers
 * to agreements drawn from the prior, not to a single agreement.
 */
export function posteriorBoundGate({ electorates = 10_000, seed = 3, atMost = 200 } = {}): ReportRow {
  const rule = resolveStoppingRule("posteriorBound", { bound: 0.5, probability: 0.95, atMost });
  const known = new Map<number, boolean>();
  let decided = 0;
  let right = 0;
  for (let index = 0; index < electorates; index++) {
    const random = new Random({ seed, generation: 0, index, purpose: Purpose.SIMULATE });
    const agreement = random.uniform();
    let agreeing = 0;
    for (let votes = 1; votes < atMost; votes++) {
      if (random.chance(agreement)) agreeing++;
      const key = votes * 2 ** 20 + agreeing;
      const stop = known.get(key) ?? decide(rule, { agreeing, votes }).stop;
      known.set(key, stop);
      if (!stop) continue;
      decided++;
      if (agreeing / votes > 0.5 === agreement > 0.5) right++;
      break;
    }
  }
  return judge({
    id: "posterior-decides-rightly",
    what: "the rule posteriorBound at probability .95: right decisions, over agreements drawn from its prior",
    figure: right / decided,
    bar: { atLeast: 0.95 },
    detail: `decided ${decided} of ${electorates} within ${atMost} votes`,
  });
}
