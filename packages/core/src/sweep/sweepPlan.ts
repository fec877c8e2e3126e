/** The plan of a sweep, which never changes after its start, and its form in the database. */

import { AppError } from "../appError.ts";
import { boolean, integer, list, nullable, number, oneOf, optional, record, type Shape, type ShapeValue, text } from "../documentShape.ts";
import type { ParameterValue } from "../parameterSpec.ts";
import type { ComputedKind } from "../runKinds/registry.ts";
import type { HalvingRule } from "./halving.ts";
import { type AxisValue, rangeScales, type SweepAxis } from "./sweepAxis.ts";

/** A grid has every combination of values; a random sampler draws `count` different points. */
export type SweepSampler =
  | { readonly kind: "grid" }
  | {
      readonly kind: "random";
      readonly count: number;
      /** Integer in [0, 2^31 - 1]; not a seed of the runs. */
      readonly seed: number;
    };

export interface EarlyStopping {
  /** Ends an evolution at the first generation whose median is less than `delta` nines above that of `generations` before. */
  readonly plateau: { readonly generations: number; readonly delta: number } | null;
  /** Ends an evolution that is below the median of the ended ones (see `medianRule.ts`), not before this generation. */
  readonly median: { readonly after: number } | null;
  /** Ends the runs of all but the best points at each rung. */
  readonly halving: HalvingRule | null;
}

/** JSON of the input that starts a run of the kind, without experiment, seed and key. */
export type SweepBase = Readonly<Record<string, unknown>>;

export interface SweepPlan {
  readonly kind: ComputedKind;
  readonly base: SweepBase;
  readonly axes: readonly SweepAxis[];
  readonly sampler: SweepSampler;
  /** Each point runs once with each of these seeds. */
  readonly seeds: readonly number[];
  readonly earlyStopping: EarlyStopping;
}

/** A point of a sweep: a value for each axis, in the order of the axes. */
export interface SweepPoint {
  /** From 0, in the order of the sweep. */
  readonly index: number;
  readonly values: readonly AxisValue[];
}

const axisValue: Shape<AxisValue> = (value, path) => {
  if (Array.isArray(value)) return list(number)(value, path);
  if (typeof value === "number") return number(value, path);
  return typeof value === "boolean" ? boolean(value, path) : text(value, path);
};

const object: Shape<SweepBase> = (value, path) => {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as SweepBase;
  throw new AppError("CORRUPT_DATA", `A stored document is damaged: ${path} is not an object.`);
};

const axisShape = record({
  path: text,
  values: nullable(list(axisValue)),
  range: nullable(record({ from: number, to: number, scale: oneOf(rangeScales), count: nullable(integer) })),
});

const samplerShape: Shape<SweepSampler> = (value, path) => {
  const { kind } = record({ kind: oneOf(["grid", "random"]) })(value, path);
  return kind === "grid" ? { kind } : { kind, ...record({ count: integer, seed: integer })(value, path) };
};

const planShape = record({
  kind: oneOf(["evolution", "ascent", "perturbation", "retraining"]),
  base: object,
  axes: list(axisShape),
  sampler: samplerShape,
  seeds: list(integer),
  earlyStopping: record({
    plateau: nullable(record({ generations: integer, delta: number })),
    median: nullable(record({ after: integer })),
    // Sweeps that were started before there was successive halving have none.
    halving: optional(record({ eta: integer, minimum: integer })),
  }),
});

/** @throws AppError CORRUPT_DATA. */
export function parseSweepPlan(document: unknown): SweepPlan {
  const plan: ShapeValue<typeof planShape> = planShape(document, "plan");
  return plan;
}

/** The input of a point's runs: the base with the point's values. */
export function inputOfPoint({ base, axes }: Pick<SweepPlan, "base" | "axes">, { values }: SweepPoint): SweepBase {
  const input: Record<string, unknown> = { ...base };
  for (const [i, { path }] of axes.entries()) {
    const name = parameterOf(path);
    if (name === null) input[path] = values[i];
    else input["parameters"] = { ...(input["parameters"] as Record<string, ParameterValue> | null), [name]: values[i] };
  }
  return input;
}

/** The parameter's name of a path such as `parameters.mutationRate`; null for other fields. */
export function parameterOf(path: string): string | null {
  return path.startsWith("parameters.") ? path.slice("parameters.".length) : null;
}
