/** Voters of the results in words: flags, exclusion, sorting. */
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { formatCount } from "../marks/numbers.ts";
import { describeReason, type PlanOfResults } from "./planOfResults.ts";

export type VoterOfResults = StudyResult<"voters">["everyone"]["voters"][number];

export type CountsOfResults = StudyResult<"voters">["counts"];

/** Whose votes a page counts, with the number of voters: those who never answered are none of them. */
export function namesOfChoices({ planned, everyone }: CountsOfResults): Readonly<Record<"planned" | "all", string>> {
  return { planned: `As planned, ${formatCount(planned.voted)}`, all: `All ${formatCount(everyone.voted)}` };
}

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

/** Whether a voter's votes count as planned, and the plan's reasons if not; nothing else, such as an unfinished session, leaves a voter out. */
export function describePlanned(voter: Pick<VoterOfResults, "exclusions">, plan: PlanOfResults): string {
  return voter.exclusions.length === 0 ? "kept" : `left out: ${describeExclusions(voter, plan)}`;
}

type Trials = Pick<VoterOfResults, "votes" | "missing" | "skipped" | "timedOut">;

/** Why gold speaks against the voter's skill in a question; empty if it does not. */
export function describeContradiction({ goldContradictsSkill }: Pick<VoterOfResults, "goldContradictsSkill">, question: number): string {
  return goldContradictsSkill[question]?.reason ?? "";
}

/** Counted trials that a voter answered or skipped, or whose time ended. */
export function trialsOf({ votes, missing, skipped, timedOut }: Trials): number {
  return votes + missing + skipped + timedOut;
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

export type SkillWarning = StudyResult<"voters">["everyone"]["skillWarnings"][number][number];

/** Why the skills of a question are doubtful, with the voters concerned: `3 voters give … (voter-006, voter-007)`. */
export function describeSkillWarning({ reason, voters }: SkillWarning): string {
  return voters.length === 0 ? reason : `${reason} They are ${voters.map(pseudonymOf).join(", ")}.`;
}

const warningTexts: Readonly<Record<SkillWarning["kind"], string>> = {
  constantVoters: "one answer to nearly all images",
  dependentVoters: "agrees too often with another voter",
  severalSolutions: "",
};

/** Why a voter's own skill is doubtful; empty if no warning concerns the voter. */
export function describeDoubts({ number }: Pick<VoterOfResults, "number">, warnings: readonly SkillWarning[]): string {
  return warnings
    .filter(({ voters }) => voters.includes(number))
    .map(({ kind }) => warningTexts[kind])
    .join(", ");
}

const methodTexts: Readonly<Record<string, string>> = {
  dawidSkene: "Skill is Dawid and Skene’s.",
  mace: "Skill is the probability of a right answer, by the model MACE.",
  majority: "Skill is the agreement with the majority of the other voters.",
};

export function describeSkillMethod(method: string | null | undefined): string {
  return method == null ? "" : (methodTexts[method] ?? `Skill is estimated by ${method}.`);
}
