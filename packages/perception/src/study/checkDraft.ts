/** Makes the plan of a draft and lists everything that prevents it from opening. The builder and the server both check drafts this way. */
import type { PlanProblem, PlanProblems } from "../planProblem.ts";
import { detailProblems } from "./checkDetails.ts";
import { studyPlanProblems } from "./checkStudyPlan.ts";
import { type PlanInput, planStudy } from "./planStudy.ts";
import type { StudyDraft } from "./studyDraft.ts";
import type { StudyPlan } from "./studyPlan.ts";

export interface CheckedDraft {
  /** Present even if there are problems, since an incomplete plan can be previewed. */
  readonly plan: StudyPlan;
  readonly problems: readonly PlanProblem[];
}

/** Works in steps, between which a server can handle other requests. */
export function* checkDraft(draft: StudyDraft, input: PlanInput): Generator<void, CheckedDraft, void> {
  const plan = planStudy(draft, input);
  const ofImages = [...detailProblems(draft, input.images, input.classNames)];
  const problems = [...ofImages, ...namelessProblems(plan, input.classNames)];
  for (const problem of studyPlanProblems(plan, { hasDetails: ofImages.length === 0, ofDraft: true })) {
    if (problem !== null) problems.push(problem);
    yield;
  }
  // Several phases may lack the same.
  const sentences = problems.map(({ message }) => message);
  return { plan, problems: problems.filter(({ message }, index) => sentences.indexOf(message) === index) };
}

/** `checkDraft` in one step. */
export function checkDraftAtOnce(draft: StudyDraft, input: PlanInput): CheckedDraft {
  const steps = checkDraft(draft, input);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Finds labels without a name in one of the languages. */
function* namelessProblems({ labelNames, rules }: StudyPlan, classNames: readonly string[]): PlanProblems {
  for (const [language, names] of Object.entries(labelNames)) {
    const nameless = rules.design.labels.filter((_, index) => names[index]?.trim() === "");
    const [first] = nameless;
    if (first === undefined) continue;
    const others = nameless.length === 1 ? "has" : `and ${nameless.length - 1} more have`;
    yield {
      message: `Label ${classNames[first] ?? first} ${others} no name in ${language}. Give each label a name, or remove the language.`,
      field: `labelNames.${language}`,
    };
  }
}
