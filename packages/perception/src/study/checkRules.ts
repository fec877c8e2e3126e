/** Finds contradictions between the stopping rule and the rest of a plan, before it is locked. */

import type { PlanProblems } from "../planProblem.ts";
import { whyWithout } from "../protocols/registry.ts";
import { maxVotes, readsAgreement, stoppingLabel, votesBeforeStop } from "../stopping/registry.ts";
import type { StudyPlan } from "./studyPlan.ts";

/**
 * A rule that reads agreement needs answers that agree or disagree with a label. A rule stops an image after it has had a vote, and before
 * it has all that the plan assigns: otherwise the plan has two numbers, one of which has no effect.
 */
export function* stoppingProblems({ rules: { design, stopping }, overlap }: Pick<StudyPlan, "rules" | "overlap">): PlanProblems {
  const field = "rules.stopping";
  const label = stoppingLabel(stopping);
  if (readsAgreement(stopping)) {
    const reasons = design.phases.map(({ protocol }) => whyWithout(protocol, "agreement"));
    if (!reasons.includes(null) && reasons.length > 0)
      yield {
        message: `Images stop by people's agreement with the label ("${label}"), but no answer shows it. ${reasons[0]} Stop at a number of votes.`,
        field,
      };
  }
  const first = votesBeforeStop(stopping, overlap);
  if (first === 0)
    yield { message: `The rule "${label}" stops every image before its first vote. Set a minimum of at least 1 vote.`, field };
  if (first === null)
    yield {
      message: `The rule "${label}" never stops an image: each gets ${votes(overlap)}, too few for the rule. Set more votes per image, or stop earlier.`,
      field,
    };
  const most = maxVotes(stopping);
  if (first !== null && most !== null && most > overlap)
    yield {
      message: `The rule "${label}" stops at ${votes(most)}, but each image gets ${overlap}. Set both to the same number, or stop earlier.`,
      field,
    };
}

const votes = (count: number): string => (count === 1 ? "1 vote" : `${count} votes`);
