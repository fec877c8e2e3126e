/** The survival of an elite's image: its confidence after each distortion, level by level, with thumbnails of the distorted images. */
import { type AnalysisResult, defineAnalysis } from "@pareidolia/core/analysisContract";
import { integer, list, nullable, number, record, text } from "@pareidolia/core/documentShape";

export const survival = defineAnalysis({
  id: "survival",
  label: "Survival of one image",
  priority: "interactive",
  subject: "elite",
  parameters: [],
  computesAgain: false,
  result: record({
    /** On the stored image, 0 to 1. */
    confidence: number,
    curves: list(
      record({
        /** The distortion's ID. */
        distortion: text,
        label: text,
        halfGoneAt: nullable(number),
        /** From the mildest level to the harshest. `thumbnail` is a PNG as a data URL. */
        points: list(record({ level: number, confidence: number, topClass: integer, topLabel: text, thumbnail: text })),
      }),
    ),
  }),
});

export type SurvivalResult = AnalysisResult<typeof survival>;
