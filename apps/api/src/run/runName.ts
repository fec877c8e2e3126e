/** A run's name follows from its method, model and preset, so that nobody has to think of one. */
import { getRunKind, methodOf } from "@pareidolia/core/runKinds/registry";
import type { RunRecord } from "@pareidolia/persistence/queries/runQueries";
import { findMethod } from "../method/methods.ts";

/** The registries' labels; where a registry lacks an id, the id itself. */
export function labelsOf(run: RunRecord): { kind: string; method: string; preset: string } {
  const method = methodOf(run);
  const definition = findMethod(run.kind, method);
  const preset = definition?.presets.find(({ id }) => id === run.preset);
  return { kind: getRunKind(run.kind).label, method: definition?.label ?? method, preset: preset?.label ?? run.preset };
}

/** Such as "CPPN against LeNet, normalised coordinates". A random search draws its settings, so its preset is left out. */
export function nameOf(run: RunRecord): string {
  const { method, preset } = labelsOf(run);
  const isSearch = run.kind === "ascent" && run.plan.search !== null;
  const settings = isSearch ? "random search" : `${preset.charAt(0).toLowerCase()}${preset.slice(1)}`;
  return `${method} against ${run.modelName}, ${settings}`;
}
