/** The plan that a draft would become, with its canonical text, or what it lacks. The server makes the same plan when the study opens. */
import { AppError } from "@pareidolia/core/appError";
import { type DraftImage, planStudy } from "@pareidolia/perception/study/planStudy";
import type { StudyDraft } from "@pareidolia/perception/study/studyDraft";
import { checkStudyPlan, type StudyPlan, serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { StudyImageRowFragment } from "../../graphql/generated/graphql.ts";

interface PlanProblem {
  readonly message: string;
  /** The field to change, such as `labelNames.de`; empty if no single field is to blame. */
  readonly field: string;
}

export interface DraftPlan {
  /** Null if not even a preview is possible. */
  readonly plan: StudyPlan | null;
  /** Null for a plan that cannot open. */
  readonly text: string | null;
  readonly problem: PlanProblem | null;
}

export interface PlanParts {
  readonly seed: number;
  readonly images: readonly StudyImageRowFragment[];
  readonly classNames: readonly string[];
}

function toDraftImage(row: StudyImageRowFragment): DraftImage {
  const { role, label, truth, runnersUp, foils, condition, group, image } = row;
  return { role, image: image.sha256, label, truth: truth ?? null, runnersUp, foils, condition, group };
}

/** Rethrows an error that is not about the draft. */
function toProblem(cause: unknown): PlanProblem {
  if (cause instanceof AppError && (cause.code === "INVALID_INPUT" || cause.code === "CORRUPT_DATA"))
    return { message: cause.message, field: cause.field ?? "" };
  throw cause;
}

export function planDraft(draft: StudyDraft, { seed, images, classNames }: PlanParts): DraftPlan {
  let plan: StudyPlan;
  try {
    plan = planStudy(draft, { seed, images: images.map(toDraftImage), classNames });
  } catch (cause) {
    return { plan: null, text: null, problem: toProblem(cause) };
  }
  try {
    checkStudyPlan(plan);
    return { plan, text: serialiseStudyPlan(plan), problem: null };
  } catch (cause) {
    return { plan, text: null, problem: toProblem(cause) };
  }
}

/** The section of the page with a field of the plan. */
export function sectionOf(field: string): "images" | "protocol" | "timing" | "plan" {
  if (/^(selection|gold|noise|stimuli|canaries|rules\.design\.(stimuli|gold|noise))/.test(field)) return "images";
  if (/^(phases|rules\.design\.phases|kind)/.test(field)) return "protocol";
  return "plan";
}
