/** The scoring of one image by the models of its label space that have not scored it yet. */
import { defineAnalysis } from "@pareidolia/core/analysisContract";
import { scoredImages } from "./scoredImages.ts";

export const scoring = defineAnalysis({
  id: "scoring",
  label: "Scores of one image by other models",
  priority: "interactive",
  subject: "image",
  parameters: [],
  computesAgain: true,
  result: scoredImages,
});
