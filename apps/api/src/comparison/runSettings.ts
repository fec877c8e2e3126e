/** The settings of a run as a flat list: kind, method, preset, model, seed, framing, plan, and the parameters of its method. */
import { methodOf } from "@pareidolia/core/runKinds/registry";
import { searchParameters } from "@pareidolia/evolution/searchParameters";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { recordedNames } from "@pareidolia/search/fields/recordedFields";
import { findMethod } from "../method/methods.ts";
import { labelsOf } from "../run/runName.ts";

export interface RunSetting {
  readonly name: string;
  readonly label: string;
  readonly value: string | number | boolean;
}

type Scalar = string | number | boolean;

/** Properties of plans that the settings already have, or that are not settings. */
const leftOut = new Set(["encoding", "method"]);

function isScalar(value: unknown): value is Scalar {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** `evaluationGoal` as `Evaluation goal`. */
function labelFromName(name: string): string {
  const spaced = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** Names of settings that are neither parameters nor parts of the plan. */
const ownSettings = ["kind", "method", "preset", "model", "crops", "imageSize", "seed"];

/** Lists of up to this many values are written out; longer ones as their length. */
const maxListed = 12;

function textOf(value: unknown): Scalar | null {
  if (isScalar(value)) return value;
  if (!Array.isArray(value) || !value.every(isScalar)) return null;
  return value.length > maxListed ? `${value.length} values` : value.join(", ");
}

export function settingsOf(run: RunRecord): readonly RunSetting[] {
  const { kind, method, preset } = labelsOf(run);
  const specs = [...(findMethod(run.kind, methodOf(run))?.parameters ?? []), ...(run.kind === "evolution" ? searchParameters : [])];
  const order = new Map(specs.map(({ name }, index) => [name, index]));
  const plan = Object.entries(run.plan).flatMap(([name, given]: [string, unknown]) => {
    const value = leftOut.has(name) ? null : textOf(given);
    return value === null ? [] : [{ name, label: labelFromName(name), value }];
  });
  const taken = new Set([...ownSettings, ...plan.map(({ name }) => name)]);
  const parameters = Object.entries(run.parameters)
    .sort(([a], [b]) => (order.get(a) ?? specs.length) - (order.get(b) ?? specs.length))
    .map(([key, value]) => {
      // An imported run may have a parameter with the name of another setting, such as seed.
      const name = taken.has(key) ? recordedNames.parameter(key) : key;
      return { name, label: specs.find((spec) => spec.name === key)?.label ?? name, value };
    });
  return [
    { name: "kind", label: "Kind", value: kind },
    { name: "method", label: run.kind === "evolution" ? "Encoding" : "Method", value: method },
    { name: "preset", label: "Preset", value: preset },
    { name: "model", label: "Model", value: run.modelName },
    ...plan,
    ...parameters,
    ...(run.framing.kind === "whole"
      ? []
      : [
          { name: "crops", label: "Crops", value: run.framing.count },
          { name: "imageSize", label: "Image size", value: run.framing.imageSize },
        ]),
    { name: "seed", label: "Seed", value: run.seed },
  ];
}
