/** The states, priorities and limits of a sweep: a set of runs that differ in the values of its axes and in their seeds. */
import type { Limits } from "../runKinds/runKind.ts";

export const sweepStates = ["RUNNING", "PAUSED", "SUCCEEDED", "CANCELLED"] as const;
export type SweepState = (typeof sweepStates)[number];

/** Runs of a higher priority start first, within the fair shares of workspaces. */
export const sweepPriorities = { LOW: -1, NORMAL: 0, HIGH: 1 } as const;
export type SweepPriority = (typeof sweepPriorities)[keyof typeof sweepPriorities];

/** Why a run ended before the end of its plan. */
export const earlyStops = ["PLATEAU", "MEDIAN", "HALVING"] as const;
export type EarlyStop = (typeof earlyStops)[number];

export const sweepLimits = {
  runs: { minimum: 1, maximum: 2_000 },
  axes: { minimum: 1, maximum: 8 },
  /** Values of one axis. */
  values: { minimum: 1, maximum: 200 },
  seeds: { minimum: 1, maximum: 100 },
  /** Runs of the sweep that workers compute at the same time. */
  concurrency: { minimum: 1, maximum: 100 },
  /** Characters of its name. */
  name: { minimum: 1, maximum: 200 },
  /** Evaluations of all runs. */
  evaluations: { minimum: 1, maximum: 1e12 },
  /** Seconds of computing of all runs. */
  seconds: { minimum: 1, maximum: 1e8 },
  /** Generations without improvement. */
  plateau: { minimum: 1, maximum: 100_000 },
  /** In nines: 1 is the step from .9 to .99. */
  delta: { minimum: 0, maximum: 16 },
} as const satisfies Readonly<Record<string, Limits>>;
