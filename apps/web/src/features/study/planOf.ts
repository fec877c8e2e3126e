/** Reads the locked plan of a study. */
import { parseStudyPlan, type StudyPlan } from "@pareidolia/perception/study/studyPlan";

/** Null without a plan, or for one of a newer version than this page knows. */
export function planOf(text: string | null | undefined): StudyPlan | null {
  if (text === null || text === undefined) return null;
  try {
    return parseStudyPlan(JSON.parse(text));
  } catch {
    return null;
  }
}
