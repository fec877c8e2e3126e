/** All insertion rules. Their IDs are the values of the search parameter `insertion`. */
import { AppError } from "@pareidolia/core/appError";
import { argmax } from "./argmax.ts";
import { everyClass } from "./everyClass.ts";
import type { InsertionRule } from "./insertionRule.ts";

export const insertionRules = [everyClass, argmax] as const;

export type InsertionId = (typeof insertionRules)[number]["id"];

/** @throws AppError INVALID_INPUT for an unknown ID. */
export function getInsertionRule(id: string): InsertionRule {
  const rule = insertionRules.find((candidate) => candidate.id === id);
  if (rule === undefined)
    throw new AppError("INVALID_INPUT", `Unknown insertion rule "${id}". Known: ${insertionRules.map((r) => r.id).join(", ")}.`, {
      field: "parameters.insertion",
    });
  return rule;
}
