/**
 * Calibration of a network with people as truth, for all images and for each group of images, such as those of one model, encoding or
 * generation.
 */
import type { BootstrapOptions } from "@pareidolia/analysis/bootstrap";
import { AppError } from "@pareidolia/core/appError";
import type { BootstrapOutcome } from "../numbers/bcaBootstrap.ts";
import { judge, type PeopleAndNetwork, selectImages, type Truth } from "./people.ts";
import {
  type CalibrationBands,
  type CalibrationError,
  calibrationBands,
  calibrationError,
  type ReliabilityBin,
  type ReliabilityOptions,
  reliabilityDiagram,
} from "./reliability.ts";
import { imageDistances, meanWithInterval } from "./scores.ts";
import { scaleTemperature } from "./temperature.ts";

export interface CalibrationReport {
  readonly images: number;
  readonly votes: number;
  /** Mean truth of the network's label: how often people agree with it. */
  readonly agreement: BootstrapOutcome;
  readonly confidence: number;
  readonly diagram: readonly ReliabilityBin[];
  readonly bands: CalibrationBands;
  readonly error: CalibrationError;
  readonly brier: BootstrapOutcome;
  readonly logScore: BootstrapOutcome;
  /** The same network after temperature scaling, on images that its temperature was not fitted on. Null for fewer than two images. */
  readonly scaled: {
    readonly temperature: number;
    readonly diagram: readonly ReliabilityBin[];
    readonly error: CalibrationError;
    readonly brier: BootstrapOutcome;
    readonly logScore: BootstrapOutcome;
  } | null;
}

export interface CalibrationOptions extends ReliabilityOptions, BootstrapOptions {
  readonly truth: Truth;
}

/** @throws AppError INVALID_INPUT for no images, or as `checkPeopleAndNetwork`. */
export function reportCalibration(data: PeopleAndNetwork, options: CalibrationOptions): CalibrationReport {
  const judged = judge(data, options.truth);
  const distances = imageDistances(data);
  return {
    images: data.images,
    votes: data.counts.reduce((sum, count) => sum + count, 0),
    agreement: meanWithInterval(judged.truth, options),
    confidence: judged.confidence.reduce((sum, value) => sum + value, 0) / data.images,
    diagram: reliabilityDiagram(judged, options),
    bands: calibrationBands(judged, options),
    error: calibrationError(judged, options),
    brier: meanWithInterval(distances.brier, options),
    logScore: meanWithInterval(distances.logScore, options),
    scaled: data.images < 2 ? null : reportScaled(data, options),
  };
}

function reportScaled(data: PeopleAndNetwork, options: CalibrationOptions) {
  const { temperature, probabilities } = scaleTemperature(data, options);
  const scaled = { ...data, probabilities };
  const judged = judge(scaled, options.truth);
  const distances = imageDistances(scaled);
  return {
    temperature,
    diagram: reliabilityDiagram(judged, options),
    error: calibrationError(judged, options),
    brier: meanWithInterval(distances.brier, options),
    logScore: meanWithInterval(distances.logScore, options),
  };
}

/**
 * @param group number of each image's group, from 0; -1 for images of none.
 * @returns a report for each group up to the largest number; null for a group without images.
 * @throws AppError INVALID_INPUT unless every image has a group.
 */
export function reportCalibrationByGroup(
  data: PeopleAndNetwork,
  group: Int32Array,
  options: CalibrationOptions,
): readonly (CalibrationReport | null)[] {
  if (group.length !== data.images) throw new AppError("INVALID_INPUT", "Calibration by group needs the group of every image.");
  const members: number[][] = [];
  for (let i = 0; i < group.length; i++) {
    const g = group[i] as number;
    while (members.length <= g) members.push([]);
    if (g >= 0) members[g]?.push(i);
  }
  return members.map((images) => (images.length === 0 ? null : reportCalibration(selectImages(data, images), options)));
}
