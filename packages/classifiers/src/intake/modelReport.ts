/** The result of an inspection: an accepted model, or the reason for a refusal. Plain data, because it crosses a process boundary. */
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import type { ModelFormat } from "../importers/modelFiles.ts";

export interface DeclaredModel {
  readonly labels: readonly string[];
  readonly preprocessing: Preprocessing;
}

/** Time and memory of the inspection. */
export interface InspectionUsage {
  readonly seconds: number;
  /** Peak resident set of the inspection process, including its interpreter. */
  readonly peakBytes: number;
}

export interface AcceptedModel {
  readonly kind: "accepted";
  readonly format: ModelFormat;
  /** Hash of the file as uploaded. */
  readonly sha256: string;
  readonly bytes: number;
  readonly input: { readonly width: number; readonly height: number; readonly channels: 1 | 3 };
  readonly classes: number;
  readonly nodes: number;
  /** Operators of the normalised network with their counts, most frequent first. */
  readonly operators: readonly (readonly [operator: string, count: number])[];
  /** Number of stored float32 values. */
  readonly parameters: number;
  /** Estimated multiplications for one image. */
  readonly multiplications: number;
  /** The largest probability for each test image. */
  readonly trial: readonly number[];
  readonly usage: InspectionUsage;
}

/**
 * MALFORMED: the file is broken or inconsistent. UNSUPPORTED: a valid network that cannot run here. MISDECLARED: labels or
 * pre-processing do not match. TOO_LARGE, TOO_SLOW: over a limit. MISBEHAVED: the outputs are not probabilities, or the model crashed
 * the inspection.
 */
export type RefusalCode = "MALFORMED" | "UNSUPPORTED" | "MISDECLARED" | "TOO_LARGE" | "TOO_SLOW" | "MISBEHAVED";

export interface RefusedModel {
  readonly kind: "refused";
  readonly code: RefusalCode;
  /** A sentence to show to the user. */
  readonly reason: string;
  readonly usage: InspectionUsage;
}

export type ModelReport = AcceptedModel | RefusedModel;
