/** The settings in which two runs differ, by name: model, plan, parameters, framing and seed. */
import { canonicalJson } from "./canonicalJson.ts";
import type { Parameters } from "./parameterSpec.ts";
import type { Framing } from "./preprocessing.ts";

export interface RunSettings {
  readonly kind: string;
  /** Display name of the model. */
  readonly model: string;
  readonly plan: object;
  readonly preset: string;
  readonly parameters: Parameters;
  readonly framing: Framing;
  readonly seed: number;
}

export interface SettingDifference {
  /** Such as "mutationRate", "generations" or "seed". */
  readonly name: string;
  /** JSON values; null for a setting that the run does not have. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Goals follow from the other settings, and an encoding or method is in the plan already. */
const derived: ReadonlySet<string> = new Set(["evaluationGoal"]);

function listSettings({ kind, model, plan, parameters, framing, seed }: RunSettings): ReadonlyMap<string, unknown> {
  const ofPlan = Object.entries(plan).filter(([name]) => !derived.has(name));
  return new Map<string, unknown>([
    ["kind", kind],
    ["model", model],
    ...ofPlan,
    ...Object.entries(parameters),
    ["framing", framing],
    ["seed", seed],
  ]);
}

/** In the order of `after`'s settings, then those that only `before` has. A preset is only a name of its values, and not compared. */
export function listDifferences(before: RunSettings, after: RunSettings): readonly SettingDifference[] {
  const earlier = listSettings(before);
  const later = listSettings(after);
  return [...new Set([...later.keys(), ...earlier.keys()])].flatMap((name) => {
    const values = { before: earlier.get(name) ?? null, after: later.get(name) ?? null };
    return canonicalJson(values.before) === canonicalJson(values.after) ? [] : [{ name, ...values }];
  });
}
