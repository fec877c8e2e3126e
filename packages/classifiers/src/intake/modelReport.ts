/** What an inspection found: a model that does what it is declared to do, or why it is refused. Plain data, since it crosses a process. */
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import type { ModelFormat } from "../importers/modelFiles.ts";

export interface DeclaredModel {
  readonly labels: readonly string[];
  readonly preprocessing: Preprocessing;
}

/** What the inspection itself took. */
export interface InspectionUsage {
  readonly seconds: number;
  /** Largest resident set of the inspecting process, its interpreter included. */
  readonly peakBytes: number;
}

export interface AcceptedModel {
  readonly kind: "accepted";
  readonly format: ModelFormat;
  /** Of the file as it came. */
  readonly sha256: string;
  readonly bytes: number;
  readonly input: { readonly width: number; readonly height: number; readonly channels: 1 | 3 };
  readonly classes: number;
  readonly nodes: number;
  /** Operators of the network as it will run, with how often, the most frequent first. */
  readonly operators: readonly (readonly [operator: string, count: number])[];
  /** Stored numbers. */
  readonly parameters: number;
  /** Estimated multiplications for one image. */
  readonly multiplications: number;
  /** The largest probability that the network gave to each picture of the trial. */
  readonly trial: readonly number[];
  readonly usage: InspectionUsage;
}

/** MALFORMED: the file is broken or lies. UNSUPPORTED: a sound network that cannot run here. MISDECLARED: labels or pre-processing do not
 * fit. TOO_LARGE, TOO_SLOW: beyond the limits. MISBEHAVED: its scores are no probabilities, or it brought the inspection down. */
export type RefusalCode = "MALFORMED" | "UNSUPPORTED" | "MISDECLARED" | "TOO_LARGE" | "TOO_SLOW" | "MISBEHAVED";

export interface RefusedModel {
  readonly kind: "refused";
  readonly code: RefusalCode;
  /** A sentence for people. */
  readonly reason: string;
  readonly usage: InspectionUsage;
}

export type ModelReport = AcceptedModel | RefusedModel;
