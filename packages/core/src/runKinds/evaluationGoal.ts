/** The maximum number of evaluations, in plans that store it. */
import type { PlanField } from "./runKind.ts";

export const evaluationGoalField = {
  name: "evaluationGoal",
  type: "number",
  label: "Evaluations planned",
  description: "Maximum number of its evaluations, unless they follow from generations and offspring.",
  place: ["evaluationGoal"],
} as const satisfies PlanField;
