/** All update rules. To add one, create a file and add it here. */
import { AppError } from "@pareidolia/core/appError";
import { adamRule } from "./adam.ts";
import { constantRule } from "./constant.ts";
import { progressRule } from "./progress.ts";
import type { UpdateRule } from "./updateRule.ts";

export const updateRules: readonly UpdateRule[] = [constantRule, progressRule, adamRule];

export function getUpdateRule(id: string): UpdateRule {
  const rule = updateRules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new AppError("INTERNAL", `Unknown update rule "${id}".`);
  return rule;
}
