/** The definition of a kind of run: its labels, how its plan is parsed and stored, and how its evaluations are counted. */

/** A run's kind-specific columns in the database. */
export interface StoredPlan {
  /** The JSON document of the plan. */
  readonly document: unknown;
  /** SHA-256 of the source image's file; null for runs without one. */
  readonly sourceSha256: string | null;
}

export interface StoredRun extends StoredPlan {
  /** The last generation in the checkpoint; -1 before the first one and for kinds without generations. */
  readonly generation: number;
}

type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** A plan to be stored. */
export interface SerialisedPlan extends StoredPlan {
  readonly document: { readonly [name: string]: JsonValue };
}

/**
 * `Planned` is a run's kind and complete plan. `Outlined` is its kind and the part of the plan that lists of runs need, without an
 * ascent's configurations, which may be hundreds; for an evolution it also has the generation.
 */
export interface RunKindDefinition<Planned extends { readonly kind: string }, Outlined extends { readonly kind: string }> {
  readonly id: Planned["kind"];
  readonly label: string;
  readonly description: string;
  /** The results of this kind of run, as a plural noun, and the condition under which a result counts as reached. */
  readonly outcome: { readonly unit: string; readonly reachedMeans: string };
  /** @throws AppError CORRUPT_DATA. */
  parse(stored: StoredPlan): Planned;
  /** @throws AppError CORRUPT_DATA. */
  parseOutline(stored: StoredRun): Outlined;
  serialise(planned: Planned): SerialisedPlan;
  /** ID of the encoding, ascent, attack or recipe. */
  methodOf(run: Outlined): string;
  /** Maximum number of evaluations (images scored or gradients computed), from 0 to 2^31 - 1. */
  countEvaluations(run: Outlined): number;
  /** Number of results that may fool the network, for a model with `classes` classes. */
  countNiches(run: Outlined, classes: number): number;
}

/** Evaluations are counted in a signed 32-bit column. */
export const mostEvaluations = 2_147_483_647;

export interface Limits {
  readonly minimum: number;
  readonly maximum: number;
}

export const seedLimits = { minimum: 0, maximum: 2_147_483_647 } as const satisfies Limits;
