/** What opening a draft would lock: the plan with its hash, what keeps it from opening, and its forecast. */
import { createHash } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { StudyAccess } from "@pareidolia/core/studyState";
import type { PlanProblem } from "@pareidolia/perception/planProblem";
import { type Forecast, forecastVoters, forecastWarnings, placeWarnings } from "@pareidolia/perception/simulation/forecast";
import { type CheckedDraft, checkDraft } from "@pareidolia/perception/study/checkDraft";
import { textWarnings } from "@pareidolia/perception/study/introductions";
import type { PlanInput } from "@pareidolia/perception/study/planStudy";
import type { StudyDraft } from "@pareidolia/perception/study/studyDraft";
import { type StudyPlan, serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { resultInSteps } from "../inSteps.ts";

export interface LockedText {
  /** Canonical JSON. */
  readonly text: string;
  /** Its SHA-256. */
  readonly hash: string;
}

export interface StudyOpening {
  readonly problems: readonly PlanProblem[];
  readonly warnings: readonly PlanProblem[];
  /** Null with problems. */
  readonly planHash: string | null;
  readonly forecast: Forecast | null;
}

export function checkDraftInSteps(draft: StudyDraft, parts: PlanInput): Promise<CheckedDraft> {
  return resultInSteps(checkDraft(draft, parts));
}

/**
 * @param confirmed the hash that a researcher has confirmed; null or undefined for any.
 * @throws AppError CONFLICT for a plan with another hash.
 */
export function lockedText(plan: StudyPlan, confirmed?: string | null): LockedText {
  const text = serialiseStudyPlan(plan);
  const hash = createHash("sha256").update(text).digest("hex");
  if (confirmed != null && confirmed !== hash)
    throw new AppError(
      "CONFLICT",
      "The plan differs from the one with this hash, so it was not locked. Look at the plan again, and confirm it with its new hash.",
    );
  return { text, hash };
}

export async function openingOf(draft: StudyDraft, access: StudyAccess, parts: PlanInput): Promise<StudyOpening> {
  const { plan, problems } = await checkDraftInSteps(draft, parts);
  if (problems.length > 0) return { problems, warnings: [], planHash: null, forecast: null };
  const forecast = await resultInSteps(forecastVoters(plan));
  const ofPlaces = forecast === null || access !== "LINK" ? [] : placeWarnings(forecast, draft.anonymousVoters);
  const warnings = [...textWarnings(draft), ...ofPlaces, ...(forecast === null ? [] : forecastWarnings(forecast))];
  return { problems, warnings, planHash: lockedText(plan).hash, forecast };
}
