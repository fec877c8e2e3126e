/** What keeps a plan from counting anyone: rules that not even a perfect voter passes. */
import type { PlanProblem, PlanProblems } from "../planProblem.ts";
import { canPassGold, canPassNoise, protocolLabel } from "../protocols/registry.ts";
import type { StudyPlan } from "../study/studyPlan.ts";
import type { ExclusionReason } from "../voters/exclusion.ts";
import { isCounted, type JoinedVoter, joinVoters, judgeVoters, limitOf } from "./simulateVoters.ts";

/** Voters who join in turn: over these, every condition and group of usual designs occurs. */
const firstVoters = 8;

/** @yields null for each voter who joins, and each problem. */
export function* voterProblems(plan: StudyPlan): Generator<PlanProblem | null, void, void> {
  const joined: JoinedVoter[] = [];
  for (const voter of joinVoters(plan, firstVoters)) {
    joined.push(voter);
    yield null;
  }
  if (joined.length === 0) {
    yield {
      message: "No voter could join: no image needs a vote, or the images that a voter gets are too few or too alike for a trial.",
      field: "rules.stopping",
    };
    return;
  }
  const judged = judgeVoters(plan, joined, "perfect", 0);
  if (judged.some(isCounted)) return;
  const reasons = new Set(judged.flatMap((voter) => voter.reasons));
  const passed = (reason: ExclusionReason): number =>
    reason === "goldHits" || reason === "noiseHits" ? judged.reduce((hits, voter) => Math.max(hits, voter[checks[reason].role]), 0) : 0;
  for (const reason of reasons) yield problemOf(reason, plan, passed(reason));
  if (reasons.size === 0)
    yield { message: "No answer of a voter would count as a vote. Choose another question, or show counted images.", field: "phases" };
}

const checks = {
  goldHits: { role: "gold", canPass: canPassGold },
  noiseHits: { role: "noise", canPass: canPassNoise },
} as const;

/**
 * Rules that no voter could pass whatever the trials are, for a plan whose trials cannot be built yet: more checks than a voter sees, or a
 * time that no trial lasts.
 */
export function* boundProblems(plan: StudyPlan): PlanProblems {
  const { design, exclusion } = plan.rules;
  for (const reason of ["goldHits", "noiseHits"] as const) {
    const { role, canPass } = checks[reason];
    const most = design.perVoter[role] * design.phases.filter(({ protocol }) => canPass(protocol)).length;
    if (exclusion.values[reason] > most) yield problemOf(reason, plan, most);
  }
  if (exclusion.values.medianMs > longestTrial(plan)) yield problemOf("medianMs", plan, 0);
}

function longestTrial({ rules }: StudyPlan): number {
  return rules.design.phases.map(limitOf).reduce((most, limit) => Math.max(most, limit), 0);
}

/** @param most checks of the rule that a voter can pass. */
function problemOf(reason: ExclusionReason, plan: StudyPlan, most: number): PlanProblem {
  const { design, exclusion } = plan.rules;
  const field = `rules.exclusion.${reason}`;
  if (reason === "unfinished") return { message: "The plan leaves out every voter, since no session can be finished.", field };
  if (reason === "medianMs")
    return {
      message: `The plan leaves out voters whose median response time is under ${exclusion.values.medianMs} ms, and trials end after at most ${longestTrial(plan)} ms. Set less, or give more time for an answer.`,
      field,
    };
  const { role, canPass } = checks[reason];
  const names = new Set(design.phases.filter(({ protocol }) => !canPass(protocol)).map(({ protocol }) => `"${protocolLabel(protocol)}"`));
  const because = names.size === 0 ? "" : ` Answers to ${[...names].join(" or ")} pass none.`;
  return {
    message: `The plan leaves out voters who pass fewer than ${exclusion.values[reason]} ${role} trials, and no voter can pass more than ${most}.${because} Set at most ${most}.`,
    field,
  };
}
