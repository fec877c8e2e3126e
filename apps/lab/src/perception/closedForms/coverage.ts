/**
 * Coverage and decisions that are sums over all votes, so that nothing is drawn: the mean coverage of intervals over uniform shares, and how
 * often an interval that is watched after every vote ever misses the truth. `peers/coverage.py` computes the values with another program.
 */
import { decide as decideRule, resolveStoppingRule } from "@pareidolia/perception/stopping/registry";
import type { ReportRow } from "../../report.ts";
import { near } from "../row.ts";
import { binomialShare, integrate, logFactorial } from "./formulas.ts";
import type { ClosedFormGates, Statistics } from "./statistics.ts";

/** Half a point of coverage is .005. */
const tolerance = 1e-5;
const peer = "by peers/coverage.py";

type Interval = (agreeing: number, votes: number, confidence: number) => { readonly low: number; readonly high: number };

/** The sum over k of the integral of P(k agreeing) over the shares in the interval of k. */
function meanCoverage(interval: Interval, n: number, confidence: number): number {
  return Array.from({ length: n + 1 }, (_, k) => {
    const { low, high } = interval(k, n, confidence);
    const scale = logFactorial(n) - logFactorial(k) - logFactorial(n - k);
    const power = (share: number, count: number): number => (count === 0 ? 0 : count * Math.log(Math.max(share, 1e-300)));
    return integrate((p) => Math.exp(scale + power(p, k) + power(1 - p, n - k)), low, high, 1000);
  }).reduce((sum, part) => sum + part, 0);
}

function coverageRows(name: string, interval: Interval, expected: readonly (readonly [n: number, confidence: number, coverage: number])[]) {
  return expected.map(([n, confidence, coverage]) =>
    near({
      id: `coverage-${name}-${n}-${confidence}`,
      what: `coverage of the ${name} interval of ${confidence}, ${n} votes, mean over uniform shares`,
      figure: meanCoverage(interval, n, confidence),
      expected: coverage,
      tolerance,
      detail: peer,
    }),
  );
}

function wilsonRows({ wilsonInterval }: Statistics): readonly ReportRow[] {
  return coverageRows("wilson", wilsonInterval, [
    [20, 0.8, 0.8091611],
    [20, 0.95, 0.9529793],
    [200, 0.8, 0.8013575],
    [200, 0.95, 0.950696],
  ]);
}

function betaRows({ betaInterval }: Statistics): readonly ReportRow[] {
  return coverageRows("beta", (k, n, confidence) => betaInterval(k, n, { confidence }), [
    [20, 0.8, 0.8025353],
    [20, 0.95, 0.9511443],
    [200, 0.8, 0.799846],
    [200, 0.95, 0.9499073],
  ]);
}

/** The numbers of ways or the probabilities to reach k agreeing of `votes` votes without an event; visits each after its vote. */
function walk(
  horizon: number,
  step: readonly [disagree: number, agree: number],
  happens: (agreeing: number, votes: number, mass: number) => boolean,
): void {
  let waiting = Float64Array.of(1);
  for (let votes = 1; votes <= horizon; votes++) {
    const next = new Float64Array(votes + 1);
    for (let k = 0; k < waiting.length; k++) {
      const mass = waiting[k] as number;
      next[k] = (next[k] as number) + mass * step[0];
      next[k + 1] = (next[k + 1] as number) + mass * step[1];
    }
    for (let k = 0; k <= votes; k++) if (next[k] !== 0 && happens(k, votes, next[k] as number)) next[k] = 0;
    waiting = next;
  }
}

/** The probability that `misses` holds after some vote from the fifth on. */
function everMisses(share: number, horizon: number, misses: (agreeing: number, votes: number) => boolean): number {
  let missed = 0;
  walk(horizon, [1 - share, share], (agreeing, votes, mass) => {
    if (votes < 5 || !misses(agreeing, votes)) return false;
    missed += mass;
    return true;
  });
  return missed;
}

function watchedRow(what: string, figure: number, expected: number): ReportRow {
  return near({ id: "optional stopping", what, figure, expected, tolerance, detail: peer });
}

/** A confidence sequence misses in less than .05, whenever the study stops; an interval for a fixed number of votes far more often. */
function sequenceRows({ sequenceContains }: Statistics): readonly ReportRow[] {
  const expected = [
    [0.1, 0.0237336],
    [0.5, 0.0340219],
    [0.75, 0.0285191],
  ] as const;
  return expected.map(([share, missed]) =>
    watchedRow(
      `confidence sequence: ever misses an agreement of ${share} in 500 votes, allowed .05`,
      everMisses(share, 500, (agreeing, votes) => !sequenceContains(share, agreeing, votes)),
      missed,
    ),
  );
}

function watchedWilsonRows({ wilsonInterval }: Statistics): readonly ReportRow[] {
  const expected = [
    [0.1, 0.4078097],
    [0.5, 0.4482261],
    [0.75, 0.4336646],
  ] as const;
  return expected.map(([share, missed]) =>
    watchedRow(
      `Wilson's interval, watched after every vote: ever misses an agreement of ${share} in 500 votes`,
      everMisses(share, 500, (agreeing, votes) => {
        const { low, high } = wilsonInterval(agreeing, votes);
        return share < low || share > high;
      }),
      missed,
    ),
  );
}

const most = 200;
const sequential = resolveStoppingRule("sequentialBound", { bound: 0.5 });
const width = resolveStoppingRule("intervalWidth", { width: 0.001 });
const posterior = resolveStoppingRule("posteriorBound", { bound: 0.5, probability: 0.95 });

/** How often a rule's interval excludes chance although agreement is at chance. */
function excludesChance(decide: typeof decideRule, rule: typeof sequential | typeof width): number {
  return everMisses(0.5, most, (agreeing, votes) => {
    const { interval } = decide(rule, { agreeing, votes });
    return interval !== null && (interval.low > 0.5 || interval.high < 0.5);
  });
}

/** Over agreements drawn from its prior: right whenever the agreement is on the side of the decision. */
function posteriorRight(decide: typeof decideRule): number {
  let [decided, right] = [0, 0];
  walk(most - 1, [1, 1], (agreeing, votes, ways) => {
    if (!decide(posterior, { agreeing, votes }).stop) return false;
    const mass = ways * Math.exp(logFactorial(agreeing) + logFactorial(votes - agreeing) - logFactorial(votes + 1));
    const below = binomialShare(votes + 1, 0.5, agreeing + 1, votes + 1);
    decided += mass;
    right += mass * Math.max(below, 1 - below);
    return true;
  });
  return right / decided;
}

function ruleRows({ decide }: Statistics): readonly ReportRow[] {
  return [
    watchedRow(
      "the rule sequentialBound at chance, up to 200 votes: decides falsely, allowed .05",
      excludesChance(decide, sequential),
      0.0308765,
    ),
    watchedRow("the same by watching Wilson's interval", excludesChance(decide, width), 0.3803388),
    watchedRow(
      "the rule posteriorBound at probability .95: right decisions, over agreements drawn from its prior",
      posteriorRight(decide),
      0.9683728,
    ),
  ];
}

export const coverageClosedForms: readonly ClosedFormGates[] = [
  { id: "coverage of Wilson's interval", of: ["wilsonInterval"], rows: wilsonRows },
  { id: "coverage of the Beta interval", of: ["betaInterval"], rows: betaRows },
  { id: "watched sequence", of: ["sequenceContains"], rows: sequenceRows },
  { id: "watched Wilson", of: ["wilsonInterval"], rows: watchedWilsonRows },
  { id: "watched rules", of: ["decide"], rows: ruleRows },
];
