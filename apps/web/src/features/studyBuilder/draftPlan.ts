/** The plan that a draft would become, with its canonical text, or what it lacks. The server makes the same plan when the study opens. */
import { AppError } from "@pareidolia/core/appError";
import { checkDetails } from "@pareidolia/perception/study/checkDetails";
import { detailsOf } from "@pareidolia/perception/study/imageDetails";
import { type DraftImage, type PlanInput, planStudy } from "@pareidolia/perception/study/planStudy";
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

/** The parts of a draft by which the API draws images. */
export function drawingRules({ selection, gold, noise, canaries, exemplars }: StudyDraft): readonly unknown[] {
  return [selection, gold, noise, canaries, exemplars];
}

/** The images with what the draft says about them now, which the API knows only once the draft is saved. */
export function describeImages(draft: StudyDraft, rows: readonly StudyImageRowFragment[]): readonly StudyImageRowFragment[] {
  return rows.map((row) => {
    if (row.role !== "COUNTED") return row;
    const { label, source, image } = row;
    const details = detailsOf(draft, { image: image.sha256, label, source });
    return { ...row, ...details, foils: [...details.foils] };
  });
}

export function toDraftImage(row: StudyImageRowFragment): DraftImage {
  const { role, label, truth, runnersUp, foils, condition, group, image } = row;
  return { role, image: image.sha256, label, truth: truth ?? null, runnersUp, foils, condition, group };
}

/** Rethrows an error that is not about the draft. */
function toProblem(cause: unknown): PlanProblem {
  if (cause instanceof AppError && (cause.code === "INVALID_INPUT" || cause.code === "CORRUPT_DATA"))
    return { message: cause.message, field: cause.field ?? "" };
  throw cause;
}

/** @param parts with images as `describeImages` returns them. */
export function planDraft(draft: StudyDraft, { seed, images, classNames }: PlanParts): DraftPlan {
  const parts = { seed, images: images.map(toDraftImage), classNames };
  let plan: StudyPlan | null = null;
  try {
    // Before any check, since an incomplete draft may have a preview.
    plan = tryPlan(draft, parts);
    checkDetails(draft, parts.images, classNames);
    plan ??= planStudy(draft, parts);
    checkStudyPlan(plan);
    return { plan, text: serialiseStudyPlan(plan), problem: null };
  } catch (cause) {
    return { plan, text: null, problem: toProblem(cause) };
  }
}

function tryPlan(draft: StudyDraft, parts: PlanInput): StudyPlan | null {
  try {
    return planStudy(draft, parts);
  } catch (cause) {
    toProblem(cause);
    return null;
  }
}

/** The section of the page with a field of the plan. */
export function sectionOf(field: string): "images" | "protocol" | "timing" | "plan" {
  if (/^(selection|gold|noise|stimuli|canaries|exemplars|rules\.design\.(stimuli|gold|noise))/.test(field)) return "images";
  if (/^(phases|rules\.design\.phases|kind)/.test(field)) return "protocol";
  return "plan";
}
