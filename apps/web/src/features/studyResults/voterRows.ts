/** The table of voters as rows for CSV files: a time-out is no skip, and checks that cannot be judged are no failures. */
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import type { PlanOfResults } from "./planOfResults.ts";
import { figureCells, figureColumns } from "./readResults.ts";
import {
  describeContradiction,
  describeDoubts,
  describeExclusions,
  describeFlags,
  type SkillWarning,
  trialsOf,
  type VoterOfResults,
} from "./voterWords.ts";

export const voterRowColumns = [
  "voter",
  "finished",
  "trials",
  "skipped",
  "timed out",
  "median ms",
  "times",
  "gold right",
  "gold",
  "noise right",
  "noise",
  "noise not judged",
  "repeats alike",
  "repeats",
  "canaries named",
  "canaries",
  "agreeing",
  "agreeing or not",
  "votes",
  ...figureColumns.map((column) => `skill ${column}`),
  "skill doubtful because",
  "gold contradicts skill",
  "flags",
  "left out because",
  "still version",
] as const;

export function voterRow(voter: VoterOfResults, question: number, plan: PlanOfResults, warnings: readonly SkillWarning[]) {
  const skill = voter.skills[question] ?? { defined: false as const, reason: "There is no such question." };
  return [
    pseudonymOf(voter.number),
    voter.finished ? "yes" : "no",
    trialsOf(voter),
    voter.skipped,
    voter.timedOut,
    voter.responseMs?.median ?? null,
    voter.responseMs?.n ?? 0,
    voter.gold.hits,
    voter.gold.of,
    voter.noise.hits,
    voter.noise.of,
    voter.noise.unjudged,
    voter.repeats.same,
    voter.repeats.of,
    voter.canaries.named,
    voter.canaries.seen,
    voter.agreement.hits,
    voter.agreement.of,
    voter.votes,
    ...figureCells(skill),
    describeDoubts(voter, warnings),
    describeContradiction(voter, question),
    describeFlags(voter),
    describeExclusions(voter, plan),
    voter.still ? "yes" : "no",
  ];
}
