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

export interface RunResource<Plan> {
  /** As a plural noun. */
  readonly unit: "generations" | "evaluations";
  /** Of a run that no rule ends early. */
  maximumOf(plan: Plan): number;
}

/** What a kind of run measures: its results, as a plural noun, and the condition under which a result counts as reached. */
export interface OutcomeMeasure {
  readonly unit: string;
  /** After the unit: "classes ≥ .9999". */
  readonly reachedMeans: string;
  /** False if nothing was measured here, so that no result counts. */
  readonly isMeasured: boolean;
}

/** Such as "classes ≥ .9999". */
export function measureOf({ unit, reachedMeans }: Pick<OutcomeMeasure, "unit" | "reachedMeans">): string {
  return `${unit} ${reachedMeans}`;
}

/**
 * A property of a plan by which lists of runs are searched, sorted and grouped. Kinds share a field if they share its name.
 * - number, text: the value itself
 * - list: the values of a list; a search finds a run by any of them
 * - count: the number of entries of a list or an object
 */
export interface PlanField {
  /** camelCase, without a prefix: as a search has it. */
  readonly name: string;
  readonly type: "number" | "text" | "list" | "count";
  /** Heading of its column. */
  readonly label: string;
  /** One sentence. */
  readonly description: string;
  /** Where the stored plan has it: a path in the document, or the column of the source image. */
  readonly place: readonly string[] | "sourceSha256";
}

/** A property that a field of its own has, such as `method`. */
export interface ListedProperty {
  readonly listedAs: string;
}

/** The fields of each property of a plan, so that no property is left out. */
export type PlanFields<Plan> = { readonly [Property in keyof Plan]-?: readonly (PlanField | ListedProperty)[] };

/**
 * `Planned` is a run's kind and complete plan. `Outlined` is its kind and the part of the plan that lists of runs need, without an
 * ascent's configurations, which may be hundreds; for an evolution it also has the generation.
 */
interface Described {
  readonly kind: string;
  readonly plan: unknown;
}

export interface RunKindDefinition<Planned extends Described, Outlined extends Described> {
  readonly id: Planned["kind"];
  readonly label: string;
  readonly description: string;
  readonly outcome: OutcomeMeasure;
  readonly planFields: PlanFields<Planned["plan"]>;
  /** Why no worker computes runs of this kind, after "RUN-7 cannot be resumed: "; absent for all other kinds. */
  readonly notComputed?: string;
  /**
   * The state of an unfinished run that is restored from an export: PAUSED for kinds that resume from what the export has, which are
   * results, and checkpoints of ascents.
   */
  readonly restoredAs: "PAUSED" | "CANCELLED";
  /** Set if such a run resumes only from network files; without them it is CANCELLED. */
  readonly resumesFromNetworks?: true;
  /** @throws AppError CORRUPT_DATA. */
  parse(stored: StoredPlan): Planned;
  /** @throws AppError CORRUPT_DATA. */
  parseOutline(stored: StoredRun): Outlined;
  serialise(planned: Planned): SerialisedPlan;
  /** ID of the encoding, ascent, attack or recipe. */
  methodOf(run: Outlined): string;
  /** Maximum number of evaluations (images scored or gradients computed), from 0 to 2^31 - 1. */
  countEvaluations(run: Outlined): number;
  /** What successive halving gives to a run step by step; null for kinds whose runs cannot wait half-way. */
  readonly resource: RunResource<Planned["plan"] | Outlined["plan"]> | null;
  /** Number of results that the run should produce, against a model with `classes` classes: those that `outcome` counts. */
  countNiches(run: Outlined, classes: number): number;
}

/** Evaluations are counted in a signed 32-bit column. */
export const mostEvaluations = 2_147_483_647;

export interface Limits {
  readonly minimum: number;
  readonly maximum: number;
}

export const seedLimits = { minimum: 0, maximum: 2_147_483_647 } as const satisfies Limits;
