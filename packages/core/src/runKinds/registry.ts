/** The kinds of runs and their union types. A run's row stores the kind's ID as text, so a new kind needs no migration. */
import type { RunState } from "../runState.ts";
import { ascent } from "./ascent.ts";
import { evolution } from "./evolution.ts";
import { imported } from "./imported.ts";
import { perturbation } from "./perturbation.ts";
import { retraining } from "./retraining.ts";
import type { ListedProperty, PlanField, RunKindDefinition, RunResource, SerialisedPlan } from "./runKind.ts";

const definitions = { evolution, ascent, perturbation, retraining, imported };

type Definitions = typeof definitions;

export type RunKind = keyof Definitions;

type PlannedByKind = { readonly [Kind in RunKind]: ReturnType<Definitions[Kind]["parse"]> };
type OutlinedByKind = { readonly [Kind in RunKind]: ReturnType<Definitions[Kind]["parseOutline"]> };

/** A run's kind with its complete plan. */
export type Planned<Kind extends RunKind = RunKind> = PlannedByKind[Kind];

/** A run's kind with its progress and the outline of its plan. */
export type Outlined<Kind extends RunKind = RunKind> = OutlinedByKind[Kind];

type PlanOf<Kind extends RunKind> = PlannedByKind[Kind]["plan"] | OutlinedByKind[Kind]["plan"];

const byKind: { readonly [Kind in RunKind]: RunKindDefinition<PlannedByKind[Kind], OutlinedByKind[Kind]> } = definitions;

export const runKinds = Object.values(definitions);

/** The kinds that workers compute. */
export type ComputedKind = Exclude<RunKind, "imported">;

export const computedKinds: readonly ComputedKind[] = runKinds.flatMap(({ id }) => (id === "imported" ? [] : [id]));

export function isRunKind(id: string): id is RunKind {
  return Object.hasOwn(definitions, id);
}

export function getRunKind(kind: RunKind): Definitions[RunKind] {
  return definitions[kind];
}

/** A property of a kind's plan by which its runs are searched. */
export interface PlanFieldOfKind {
  readonly kind: RunKind;
  readonly field: PlanField;
}

/** The searched properties of all plans, but for those that have a field of their own. */
export const planFields: readonly PlanFieldOfKind[] = runKinds.flatMap(({ id: kind, planFields: ofPlan }) =>
  Object.values<readonly (PlanField | ListedProperty)[]>(ofPlan).flatMap((fields) =>
    fields.flatMap((field) => ("listedAs" in field ? [] : [{ kind, field }])),
  ),
);

/** Why no worker computes runs of this kind; null for all other kinds. */
export function whyNotComputed(kind: RunKind): string | null {
  return "notComputed" in definitions[kind] ? (definitions[kind].notComputed ?? null) : null;
}

export function serialisePlan<Kind extends RunKind>(planned: Planned<Kind> & { readonly kind: Kind }): SerialisedPlan {
  return byKind[planned.kind].serialise(planned);
}

/** ID of the encoding, ascent, attack or recipe of the run. */
export function methodOf<Kind extends RunKind>(run: Outlined<Kind> & { readonly kind: Kind }): string {
  return byKind[run.kind].methodOf(run);
}

/** Maximum number of evaluations. */
export function countEvaluations<Kind extends RunKind>(run: Outlined<Kind> & { readonly kind: Kind }): number {
  return byKind[run.kind].countEvaluations(run);
}

/** The unit in which successive halving counts; null for kinds whose runs cannot wait half-way. */
export function resourceUnitOf(kind: RunKind): RunResource<never>["unit"] | null {
  return definitions[kind].resource?.unit ?? null;
}

/** The resource of a run that no rule ends early; null for kinds whose runs cannot wait half-way. */
export function resourceOf<Kind extends RunKind>({ kind, plan }: { readonly kind: Kind; readonly plan: PlanOf<Kind> }): number | null {
  return byKind[kind].resource?.maximumOf(plan) ?? null;
}

/** Number of results that the run should produce, against a model with `classes` classes. */
export function countNiches<Kind extends RunKind>(run: Outlined<Kind> & { readonly kind: Kind }, classes: number): number {
  return byKind[run.kind].countNiches(run, classes);
}

/** Completed share of the run, 0 to 1. */
export function progressOf(run: Outlined & { readonly state: RunState; readonly settledEvaluations: number }): number {
  if (run.state === "SUCCEEDED") return 1;
  const total = countEvaluations(run);
  return total === 0 ? 0 : Math.min(1, run.settledEvaluations / total);
}
