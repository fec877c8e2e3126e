/** The ablation of an elite's image: the confidence without each of its regions. */
import { defineAnalysis } from "@pareidolia/core/analysisContract";
import { AppError } from "@pareidolia/core/appError";
import { integer, list, number, record } from "@pareidolia/core/documentShape";
import type { AblatedRegion, Ablation } from "../ablation.ts";

export const ablation = defineAnalysis({
  id: "ablation",
  label: "Ablation of one image",
  priority: "interactive",
  subject: "elite",
  parameters: [
    {
      name: "regions",
      label: "Regions",
      description: "Regions along each side of the image.",
      kind: "integer",
      default: 8,
      minimum: 2,
      maximum: 32,
    },
    {
      name: "paint",
      label: "Paint",
      description: "Covers each region with the image's mean colour, which keeps the overall tone, or with mid-grey.",
      kind: "choice",
      default: "mean",
      choices: ["mean", "grey"],
    },
  ],
  computesAgain: false,
  checkImage({ regions }, { width, height }) {
    const maximum = Math.min(width, height);
    if (regions > maximum)
      throw new AppError("INVALID_INPUT", `This image has ${maximum} pixels along its shorter side. Choose at most ${maximum} regions.`, {
        field: "parameters.regions",
      });
  },
  result: record<Ablation>({
    confidence: number,
    regions: list(record<AblatedRegion>({ x: integer, y: integer, width: integer, height: integer, confidence: number, drop: number })),
    loweredShare: number,
  }),
});
