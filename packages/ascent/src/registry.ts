/** All ascents and attacks. To add one, create a file and add a line here. */
import { AppError } from "@pareidolia/core/appError";
import type { Norm } from "@pareidolia/core/norm";
import type { ParameterSpec, Preset } from "@pareidolia/core/parameterSpec";
import type { SearchedParameter } from "@pareidolia/core/randomSearch";
import { ascentParameters } from "./ascentParameters.ts";
import { type AscentOptions, GradientAscent } from "./gradientAscent.ts";
import { type AttackDefinition, normOf } from "./perturbation/attack.ts";
import { carliniWagner } from "./perturbation/carliniWagner.ts";
import { fgsm } from "./perturbation/fgsm.ts";
import { lbfgs } from "./perturbation/lbfgs.ts";
import { pgd } from "./perturbation/pgd.ts";
import { ascentPresets } from "./presets.ts";
import { searchSpace } from "./searchSpace.ts";

export interface AscentDefinition {
  readonly kind: "ascent";
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly parameters: readonly ParameterSpec[];
  readonly presets: readonly Preset[];
  /** The parameters that a random search may draw, with their values; empty if there is nothing to search. */
  readonly searchSpace: readonly SearchedParameter[];
  /** @throws AppError INVALID_INPUT with the invalid option or parameter as `field`. */
  create(options: AscentOptions): GradientAscent;
}

const gradientAscent: AscentDefinition = {
  kind: "ascent",
  id: "gradient-ascent",
  label: "Gradient ascent",
  description: "Follows the network's gradient from noise or from an image until the network is certain.",
  parameters: ascentParameters,
  presets: ascentPresets,
  searchSpace,
  create: (options) => new GradientAscent(options),
};

export const ascents: readonly AscentDefinition[] = [gradientAscent];
export const attacks: readonly AttackDefinition[] = [fgsm, pgd, lbfgs, carliniWagner];

/** @throws AppError INVALID_INPUT for an unknown ID. */
export function getAscent(id: string): AscentDefinition {
  return find(ascents, id, "ascent");
}

/** @throws AppError INVALID_INPUT for an unknown ID. */
export function getAttack(id: string): AttackDefinition {
  return find(attacks, id, "attack");
}

/** The norm in which an attack with these parameters measures its change. @throws AppError INVALID_INPUT for an unknown ID or norm. */
export function normOfAttack(id: string, parameters: Readonly<Record<string, unknown>>): Norm {
  return normOf(getAttack(id), parameters);
}

function find<D extends { readonly id: string }>(definitions: readonly D[], id: string, kind: string): D {
  const definition = definitions.find((candidate) => candidate.id === id);
  if (definition === undefined)
    throw new AppError("INVALID_INPUT", `Unknown ${kind} "${id}". Known: ${definitions.map((known) => known.id).join(", ")}.`, {
      field: kind,
    });
  return definition;
}
