/** The port of regularizers, which change the image between two steps. They act on the offset: image minus the network's mean. */
import type { ImageShape } from "@pareidolia/core/image";
import type { AscentParameters } from "../ascentParameters.ts";

export type RegularizerSettings = Pick<
  AscentParameters,
  "decay" | "blurSigma" | "blurEvery" | "smallNormPercentile" | "smallBenefitPercentile" | "smallContributionPercentile" | "totalVariation"
>;

export interface RegularizerContext {
  readonly shape: ImageShape;
  readonly settings: RegularizerSettings;
  /** The gradient of the current step. */
  readonly gradient: Float32Array;
  /** Number of earlier updates. */
  readonly step: number;
}

export interface Regularizer {
  readonly id: string;
  isActive(settings: RegularizerSettings, step: number): boolean;
  /** Changes `offset` in place. */
  apply(offset: Float32Array, context: RegularizerContext): void;
}
