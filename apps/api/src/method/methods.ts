/** The methods of each kind of run, from the registries of their packages: encodings, ascents, attacks and recipes. */

import { ascents, attacks } from "@pareidolia/ascent/registry";
import { AppError } from "@pareidolia/core/appError";
import type { Norm } from "@pareidolia/core/norm";
import type { ParameterSpec, Preset } from "@pareidolia/core/parameterSpec";
import type { SearchedParameter } from "@pareidolia/core/randomSearch";
import { chainParameters, chainPresets, retrainingMethod } from "@pareidolia/core/retrainingChain";
import { importSources } from "@pareidolia/core/runKinds/imported";
import type { RunKind } from "@pareidolia/core/runKinds/registry";
import { encodings } from "@pareidolia/encodings/registry";

export interface Method {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly parameters: readonly ParameterSpec[];
  readonly presets: readonly Preset[];
  /** Attacks only; null if the parameter `norm` selects the norm. */
  readonly norm?: Norm | null;
  /** Attacks only: whether the method takes bounds. */
  readonly isBounded?: boolean;
  /** Only methods that support random search. */
  readonly searchSpace?: readonly SearchedParameter[];
}

const methods: Readonly<Record<RunKind, readonly Method[]>> = {
  evolution: encodings,
  ascent: ascents,
  perturbation: attacks,
  retraining: [{ ...retrainingMethod, parameters: chainParameters, presets: chainPresets }],
  imported: importSources.map((source) => ({ ...source, parameters: [], presets: [] })),
};

export function methodsOf(kind: RunKind): readonly Method[] {
  return methods[kind];
}

/** Undefined if this version does not have the method. */
export function findMethod(kind: RunKind, id: string): Method | undefined {
  return methods[kind].find((method) => method.id === id);
}

/** @throws AppError INVALID_INPUT naming `field`. */
export function getMethod(kind: RunKind, id: string, field: string): Method {
  const method = findMethod(kind, id);
  if (method !== undefined) return method;
  const known = methods[kind].map((candidate) => candidate.id).join(", ");
  throw new AppError("INVALID_INPUT", `Unknown ${field} "${id}". Known: ${known}.`, { field: `input.${field}` });
}
