/** A run's name follows from what it is, so that nobody has to think one up. */
import { findRunKind } from "@pareidolia/core/runKind";
import { encodings } from "@pareidolia/encodings/registry";
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

/** Such as "CPPN against LeNet, normalised coordinates". */
export function nameOf(run: Named & { readonly modelName: string }): string {
  const { method, preset } = labelsOf(run);
  return `${method} against ${run.modelName}, ${preset.charAt(0).toLowerCase()}${preset.slice(1)}`;
}
