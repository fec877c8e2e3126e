/** The plan that a draft would become, with its canonical text, or what it lacks. The server makes the same plan when the study opens. */
import type { PlanProblem } from "@pareidolia/perception/planProblem";
import { checkDraftAtOnce } from "@pareidolia/perception/study/checkDraft";
import { detailsOf } from "@pareidolia/perception/study/imageDetails";
import type { DraftImage } from "@pareidolia/perception/study/planStudy";
import type { StudyDraft } from "@pareidolia/perception/study/studyDraft";
import { type StudyPlan, serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { StudyImageRowFragment } from "../../graphql/generated/graphql.ts";

export interface DraftPlan {
  /** For previews; null while its parts are loading. */
  readonly plan: StudyPlan | null;
  /** Null for a plan that cannot open. */
  readonly text: string | null;
  /** All of them; empty for a plan that can open. */
  readonly problems: readonly PlanProblem[];
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

/** @param parts with images as `describeImages` returns them. */
export function planDraft(draft: StudyDraft, { seed, images, classNames }: PlanParts): DraftPlan {
  const { plan, problems } = checkDraftAtOnce(draft, { seed, images: images.map(toDraftImage), classNames });
  return { plan, text: problems.length === 0 ? serialiseStudyPlan(plan) : null, problems };
}
