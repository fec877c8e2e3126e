/** Detectors over a run's generations: how well each distinguishes the archive's images from real ones. */
import { type AnalysisResult, defineAnalysis } from "@pareidolia/core/analysisContract";
import { integer, list, number, optional, record, text } from "@pareidolia/core/documentShape";

export const detectors = defineAnalysis({
  id: "detectors",
  label: "Detectors over a run's generations",
  priority: "background",
  subject: "archive",
  parameters: [
    {
      name: "generations",
      label: "Generations",
      description: "Number of generations to measure, spread evenly over the run.",
      kind: "integer",
      default: 10,
      minimum: 2,
      maximum: 50,
    },
  ],
  computesAgain: false,
  result: record({
    /**
     * By detector, then by generation. `images` and `references` count the fooling and the real images. Intervals are for other images of both
     * kinds; null for too few of them, and in results of earlier versions.
     */
    points: list(
      record({
        generation: integer,
        detector: text,
        label: text,
        auroc: number,
        aurocLow: optional(number),
        aurocHigh: optional(number),
        falsePositiveRate: number,
        falsePositiveRateLow: optional(number),
        falsePositiveRateHigh: optional(number),
        images: integer,
        references: integer,
      }),
    ),
  }),
});

export type DetectorPoint = AnalysisResult<typeof detectors>["points"][number];
