/** Voters of the results in words: flags, exclusion, sorting. */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { describeReason, type PlanOfResults } from "./planOfResults.ts";

export type VoterOfResults = StudyResult<"voters">["everyone"]["voters"][number];

const flagTexts: Readonly<Record<VoterOfResults["flags"][number], string>> = {
  gold: "few gold images right",
  noise: "named noise",
  fast: "answered fast",
  canary: "answers like the networks",
  sameAnswer: "one answer, most of the time",
};

export function describeFlags({ flags }: Pick<VoterOfResults, "flags">): string {
  return flags.map((flag) => flagTexts[flag]).join(", ");
}

/** Why a voter's votes do not count as planned; empty if they do. */
export function describeExclusions({ exclusions }: Pick<VoterOfResults, "exclusions">, { plan }: PlanOfResults): string {
  return exclusions.map((reason) => describeReason(reason, plan)).join(", ");
}

/** Counted trials that a voter answered or skipped. */
export function trialsOf({ agreement, missing, skipped }: Pick<VoterOfResults, "agreement" | "missing" | "skipped">): number {
  return agreement.of + missing + skipped;
}

/** Kept voters first, then by skill in the question from the highest, then by number. */
export function bySkill(voters: readonly VoterOfResults[], question: number): VoterOfResults[] {
  const skill = (voter: VoterOfResults): number => {
    const own = voter.skills[question];
    return own?.defined ? own.estimate : -1;
  };
  const excluded = (voter: VoterOfResults): number => (voter.exclusions.length > 0 ? 1 : 0);
  return [...voters].sort((one, other) => excluded(one) - excluded(other) || skill(other) - skill(one) || one.number - other.number);
}

const methodTexts: Readonly<Record<string, string>> = {
  dawidSkene: "Skill is Dawid and Skene’s.",
  oneCoin: "Skill is the probability of a right answer, one for each voter.",
  majority: "Skill is the agreement with the majority of the other voters.",
};

export function describeSkillMethod(method: string | null | undefined): string {
  return method == null ? "" : (methodTexts[method] ?? `Skill is estimated by ${method}.`);
}
