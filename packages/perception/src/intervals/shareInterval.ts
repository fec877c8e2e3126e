/**
 * The interval of the votes on one image. Where agreement decides when an image stops, an interval for a fixed number of votes misses the
 * true share more often than its confidence allows, and the confidence sequence does not.
 */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import { readsAgreement, type StoppingRule } from "../stopping/registry.ts";
import { sequenceInterval } from "./confidenceSequence.ts";

export const shareIntervals = ["wilson", "sequence"] as const;
export type ShareInterval = (typeof shareIntervals)[number];

/** Of images that stop by this rule. */
export function shareIntervalOf(stopping: StoppingRule): ShareInterval {
  return readsAgreement(stopping) ? "sequence" : "wilson";
}

/** @throws AppError INVALID_INPUT without votes. */
export function intervalOfShare(interval: ShareInterval, agreeing: number, votes: number, confidence = 0.95): Interval {
  return interval === "sequence" ? sequenceInterval(agreeing, votes, { confidence }) : wilsonInterval(agreeing, votes, confidence);
}
