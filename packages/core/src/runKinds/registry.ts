/** The kinds of runs and their union types. A run's row stores the kind's ID as text, so a new kind needs no migration. */
import type { RunState } from "../runState.ts";
import { ascent } from "./ascent.ts";
import { evolution } from "./evolution.ts";
import { perturbation } from "./perturbation.ts";
import { retraining } from "./retraining.ts";
import type { RunKindDefinition, SerialisedPlan } from "./runKind.ts";

const definitions = { evolution, ascent, perturbation, retraining };

type Definitions = typeof definitions;

export type RunKind = keyof Definitions;

type PlannedByKind = { readonly [Kind in RunKind]: ReturnType<Definitions[Kind]["parse"]> };
type OutlinedByKind = { readonly [Kind in RunKind]: ReturnType<Definitions[Kind]["parseOutline"]> };

/** A run's kind with its complete plan. */
export type Planned<Kind extends RunKind = RunKind> = PlannedByKind[Kind];

/** A run's kind with its progress and the outline of its plan. */
export type Outlined<Kind extends RunKind = RunKind> = OutlinedByKind[Kind];

const byKind: { readonly [Kind in RunKind]: RunKindDefinition<PlannedByKind[Kind], OutlinedByKind[Kind]> } = definitions;

export const runKinds = Object.values(definitions);

export function isRunKind(id: string): id is RunKind {
  return Object.hasOwn(definitions, id);
}

export function getRunKind(kind: RunKind): Definitions[RunKind] {
  return definitions[kind];
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

/** Number of results that may fool the network, for a model with `classes` classes. */
export function countNiches<Kind extends RunKind>(run: Outlined<Kind> & { readonly kind: Kind }, classes: number): number {
  return byKind[run.kind].countNiches(run, classes);
}

/** Completed share of the run, 0 to 1. */
export function progressOf(run: Outlined & { readonly state: RunState; readonly evaluations: number }): number {
  if (run.state === "SUCCEEDED") return 1;
  const total = countEvaluations(run);
  return total === 0 ? 0 : Math.min(1, run.evaluations / total);
}
