/** Stopping rules: every decision up to 200 votes by the closed form of what the rule waits for. */
import { resolveStoppingRule, type StoppingRule } from "@pareidolia/perception/stopping/registry";
import { judge, type ReportRow } from "../../report.ts";
import { binomialShare, logFactorial, normalPoint } from "./formulas.ts";
import type { ClosedFormGates, Statistics } from "./statistics.ts";

const most = 200;

/** The likelihood ratio of a uniform mixture to a share of one half has reached 20. */
function ratioReached(agreeing: number, votes: number): boolean {
  return logFactorial(agreeing) + logFactorial(votes - agreeing) - logFactorial(votes + 1) + votes * Math.log(2) >= Math.log(20);
}

/** P(share < 1/2) under a uniform prior is P(more than `agreeing` of votes + 1 fair coins). */
function posteriorReached(agreeing: number, votes: number): boolean {
  const below = binomialShare(votes + 1, 0.5, agreeing + 1, votes + 1);
  return Math.max(below, 1 - below) >= 0.95;
}

export function isNarrow(agreeing: number, votes: number, width: number): boolean {
  const [z, share] = [normalPoint ** 2, agreeing / votes];
  return (2 * normalPoint * Math.sqrt((share * (1 - share)) / votes + z / (4 * votes ** 2))) / (1 + z / votes) <= width;
}

interface Rule {
  readonly rule: StoppingRule;
  readonly what: string;
  readonly stops: (agreeing: number, votes: number) => boolean;
}

const rules: readonly Rule[] = [
  { rule: resolveStoppingRule("sequentialBound", { bound: 0.5 }), what: "confidence sequence beyond .5", stops: ratioReached },
  { rule: resolveStoppingRule("posteriorBound", { bound: 0.5 }), what: "posterior beyond .5", stops: posteriorReached },
  {
    rule: resolveStoppingRule("intervalWidth", { width: 0.2 }),
    what: "width of Wilson's interval",
    stops: (agreeing, votes) => isNarrow(agreeing, votes, 0.2),
  },
];

function decisionRows({ decide }: Statistics): readonly ReportRow[] {
  return rules.map(({ rule, what, stops }) => {
    const { minimum } = rule.values as { readonly minimum: number };
    let different = 0;
    let all = 0;
    for (let votes = 1; votes <= most; votes++)
      for (let agreeing = 0; agreeing <= votes; agreeing++) {
        all++;
        const expected = votes >= minimum && stops(agreeing, votes);
        if (decide(rule, { agreeing, votes }).stop !== expected) different++;
      }
    return judge({
      id: "decisions",
      what: `stopping rule, ${what}: decisions that differ from the closed form`,
      figure: different,
      bar: { below: 1 },
      detail: `${all} numbers of votes and agreeing votes`,
    });
  });
}

export const stoppingClosedForms: readonly ClosedFormGates[] = [{ id: "stopping", of: ["decide"], rows: decisionRows }];
