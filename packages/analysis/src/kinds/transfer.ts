/** The scoring of whole archives by the models of their label space that have not scored them yet. */
import { defineAnalysis } from "@pareidolia/core/analysisContract";
import { scoredImages } from "./scoredImages.ts";

export const transfer = defineAnalysis({
  id: "transfer",
  label: "Transfer of whole archives",
  priority: "background",
  subject: "archives",
  parameters: [],
  computesAgain: true,
  result: scoredImages,
});
