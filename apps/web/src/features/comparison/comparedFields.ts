/** What each part of a comparison selects, for its "Query" button. A saved comparison has the same fields, but for its images and tests. */
import { recognitionFields } from "../people/recognitionCells.ts";

const figures = "figures { median { runCount mean low high intervalReason } lowerQuartile upperQuartile fooling { mean } nicheCount }";

export const comparedFields = {
  settings: "parameters { name label differs values { values count } }",
  claims: "claims { name values { values count } }",
  outcomes: "outcomes { kinds { kindLabel runCount reached total unit reachedMeans median { runCount mean low high intervalReason } } }",
  curves: "curves { points { generation median { runCount mean low high intervalReason } } }",
  figures,
  figuresWithPeople: `${figures} entries { ${recognitionFields} }`,
  reach: "reach { generations median }",
  images:
    "rows { class label elites { storedConfidence image { url } } trajectories { storedConfidence image { url } } perturbations { storedConfidence image { url } } }",
  savedImages: "rows { class label images { sha256 confidence label runKey } }",
  parallel: "parameters { name label differs values { values count } }\n    figures { median { mean } }",
} as const;

const tested = "pairs { first second delta deltaLow deltaHigh p adjustedP method }";

/** @param baseline The entry with which the others are compared; null for all pairs. */
export const testFields = (measure: string, baseline: number | null): string =>
  `tests(measure: ${measure}${baseline === null ? "" : `, baseline: ${baseline}`}) { ${tested} }`;

export const savedTestFields = (measure: string): string => `tests(measure: ${measure}) { leftOut ${tested} }`;
