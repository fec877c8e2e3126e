/** The parameters of the search, which are the same for every encoding. */
import type { ParameterSpec } from "@pareidolia/core/parameterSpec";
import { insertionRules } from "./archives/registry.ts";

export const searchParameters = [
  {
    name: "insertion",
    label: "Insertion",
    description:
      "every-class compares a child in every niche and lets it win many, as in the paper; argmax compares it only in the niche of its top class.",
    kind: "choice",
    default: "every-class",
    choices: insertionRules.map((rule) => rule.id),
  },
] as const satisfies readonly ParameterSpec[];
