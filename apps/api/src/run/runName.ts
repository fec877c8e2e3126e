/** A run's name follows from what it is, so that nobody has to think one up. */
import { findRunKind } from "@pareidolia/core/runKind";
import { encodings } from "@pareidolia/encodings/registry";
import type { RunPlan } from "@pareidolia/persistence/queries/createRun";
import { findMethod } from "../method/methods.ts";

interface Named {
  readonly kind: string;
  readonly encoding: string | null;
  readonly method: string | null;
  readonly preset: string;
}

/** The registries' labels; an id that they no longer know stands for itself. */
export function labelsOf(run: Named): { kind: string; method: string; preset: string } {
  const definition =
    run.encoding === null ? findMethod(run.kind, run.method ?? "") : encodings.find((candidate) => candidate.id === run.encoding);
  const preset = definition?.presets.find((candidate) => candidate.id === run.preset);
  return {
    kind: findRunKind(run.kind)?.label ?? run.kind,
    method: definition?.label ?? run.encoding ?? run.method ?? run.kind,
    preset: preset?.label ?? run.preset,
  };
}

/** Such as "CPPN against LeNet, normalised coordinates"; what draws its settings is told by that, not by its preset. */
export function nameOf(run: Named & { readonly modelName: string; readonly plan: RunPlan }): string {
  const { method, preset } = labelsOf(run);
  const settings = Array.isArray(run.plan["searched"]) ? "random search" : `${preset.charAt(0).toLowerCase()}${preset.slice(1)}`;
  return `${method} against ${run.modelName}, ${settings}`;
}
