/** All update rules, by their value of the parameter `updateRule`. A new one is a file, a choice of that parameter and a line here. */
import type { AscentParameters } from "../ascentParameters.ts";
import { adamRule } from "./adam.ts";
import { constantRule } from "./constant.ts";
import { progressRule } from "./progress.ts";
import type { UpdateRule } from "./updateRule.ts";

export const updateRules: Readonly<Record<AscentParameters["updateRule"], UpdateRule>> = {
  constant: constantRule,
  progress: progressRule,
  adam: adamRule,
};
