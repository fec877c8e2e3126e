/** The two ends of an interval, or why there is none. */
import type { Undefined } from "../agreement/coefficient.ts";

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

export type BoundsOrReason = ({ readonly defined: true } & Bounds) | Undefined;
