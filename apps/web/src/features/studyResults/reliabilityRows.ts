/** The bins of a reliability diagram as rows of a table or CSV file. */
import type { CalibrationDiagram as Diagram } from "@pareidolia/perception/study/results/calibration";
import { figureCells, figureColumns } from "./readResults.ts";
import { namesOfPopulations } from "./resultFormats.ts";

export type { Diagram };

export const reliabilityColumns = [
  "images of",
  "bins",
  "from",
  "to",
  "images",
  "confidence",
  "agreement",
  "low",
  "high",
  "interval for",
  "ECE",
  ...figureColumns.map((column) => `ECE without bias: ${column}`),
];

export function reliabilityRows(group: string, diagram: Diagram) {
  const { debiasedEce } = diagram;
  return diagram.low.map((low, bin) => [
    group,
    diagram.binning === "equalMass" ? "equal numbers" : "equal widths",
    low,
    diagram.high[bin] ?? null,
    diagram.images[bin] ?? 0,
    diagram.confidence[bin] ?? null,
    diagram.agreement[bin] ?? null,
    diagram.agreementLow[bin] ?? null,
    diagram.agreementHigh[bin] ?? null,
    diagram.agreementLow[bin] == null ? null : namesOfPopulations[diagram.over],
    diagram.ece,
    ...figureCells(debiasedEce),
  ]);
}
