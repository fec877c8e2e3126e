/** A run's display name, composed of its method, model and preset unless a member has named it. */
import { getRunKind, methodOf } from "@pareidolia/core/runKinds/registry";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { findMethod } from "../method/methods.ts";

/** Labels from the registries. Falls back to the ID if a registry does not have it. */
export function labelsOf(run: RunRecord): { kind: string; method: string; preset: string } {
  const method = methodOf(run);
  const definition = findMethod(run.kind, method);
  const preset = definition?.presets.find(({ id }) => id === run.preset);
  return { kind: getRunKind(run.kind).label, method: definition?.label ?? method, preset: preset?.label ?? run.preset };
}

/** The name that a member gave the run. Otherwise composed, such as "CPPN against LeNet, normalised coordinates". Omits the preset of a random search, which draws its parameters. */
export function nameOf(run: RunRecord): string {
  if (run.givenName !== "") return run.givenName;
  const { method, preset } = labelsOf(run);
  const isSearch = run.kind === "ascent" && run.plan.search !== null;
  const settings = isSearch ? "random search" : `${preset.charAt(0).toLowerCase()}${preset.slice(1)}`;
  return `${method} against ${run.modelName}, ${settings}`;
}
