/** The plane's dots as rows of a table or CSV file, one for each image. */
import { type PlanePoints, shareOf } from "./planePoints.ts";
import type { PlanOfResults } from "./planOfResults.ts";
import { namesOfPopulations, shareIntervalNames } from "./resultFormats.ts";

export const planeColumns = [
  "image",
  "label",
  "source",
  "confidence",
  "agreeing",
  "votes",
  "share",
  "low",
  "high",
  "interval",
  "interval for",
  "sha256",
] as const;

/** @param images indices of images; by default, all of the study. */
export function planeRows(points: PlanePoints, { plan, labelOf }: PlanOfResults, images: Iterable<number> = points.votes.keys()) {
  const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
  return [...images].map((image) => [
    image + 1,
    labelOf(image),
    points.sources[points.source[image] as number] ?? "",
    orNull(points.confidence[image] as number),
    points.agreeing[image] as number,
    points.votes[image] as number,
    orNull(shareOf(points, image)),
    orNull(points.low[image] as number),
    orNull(points.high[image] as number),
    ...(Number.isNaN(points.low[image] as number) ? [null, null] : [shareIntervalNames[points.interval], namesOfPopulations[points.over]]),
    plan.rules.design.stimuli[image]?.image ?? "",
  ]);
}
