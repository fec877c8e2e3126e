/** The fields of a run's input that the axes of a sweep may vary, besides parameters: their labels and the types of their values. */
import type { ComputedKind } from "@pareidolia/core/runKinds/registry";
import { type AxisValue, axisError, textOfValue } from "@pareidolia/core/sweep/sweepAxis";
import { parameterOf, type SweepPlan } from "@pareidolia/core/sweep/sweepPlan";
import { findMethod, methodsOf } from "../method/methods.ts";

interface Field {
  readonly label: string;
  readonly type: "text" | "integer" | "list";
}

const text = (label: string): Field => ({ label, type: "text" });
const integer = (label: string): Field => ({ label, type: "integer" });

const fields: Readonly<Record<ComputedKind, Readonly<Record<string, Field>>>> = {
  evolution: {
    modelId: text("Model"),
    encoding: text("Encoding"),
    preset: text("Preset"),
    generations: integer("Generations"),
    offspring: integer("Offspring"),
  },
  ascent: {
    modelId: text("Model"),
    ascent: text("Ascent"),
    preset: text("Preset"),
    classes: { label: "Classes", type: "list" },
    starts: integer("Starts"),
    sourceId: text("Start image"),
  },
  perturbation: {
    modelId: text("Model"),
    attack: text("Attack"),
    preset: text("Preset"),
    sourceId: text("Image"),
    target: integer("Target"),
    bounds: { label: "Bounds", type: "list" },
  },
  retraining: { modelId: text("Model"), dataset: text("Data set"), preset: text("Preset"), iterations: integer("Iterations") },
};

const methodFields: Readonly<Record<ComputedKind, string | null>> = {
  evolution: "encoding",
  ascent: "ascent",
  perturbation: "attack",
  retraining: null,
};

const expected = { text: "text", integer: "a whole number", list: "a list of numbers" } as const;

function hasType(value: AxisValue, { type }: Field): boolean {
  if (type === "list") return typeof value === "object";
  return type === "text" ? typeof value === "string" : Number.isInteger(value);
}

/**
 * Checks the path and the types of the values; the rules of starting a run check the values themselves.
 * @throws AppError INVALID_INPUT naming the axis and the value.
 */
export function checkAxisFields(plan: Pick<SweepPlan, "kind" | "base" | "axes">): void {
  const { kind, axes } = plan;
  for (const axis of axes) {
    const fail = (problem: string) => axisError(axis, labelOfAxis(plan, axis.path), problem);
    const name = parameterOf(axis.path);
    const field = fields[kind][axis.path];
    if (name === null && field === undefined)
      throw fail(`a sweep cannot vary this. It can vary parameters and ${Object.keys(fields[kind]).join(", ")}.`);
    if (field === undefined) {
      const list = axis.values?.find((value) => typeof value === "object");
      if (list !== undefined) throw fail(`the value ${textOfValue(list)} is a list, but the parameter takes a single value.`);
      continue;
    }
    const wrong = axis.values?.find((value) => !hasType(value, field));
    if (wrong !== undefined) throw fail(`the value ${textOfValue(wrong)} is not ${expected[field.type]}.`);
    if (axis.range !== null && field.type !== "integer") throw fail(`it takes ${expected[field.type]}, so it has no range.`);
    if (axis.range !== null && axis.range.scale !== "integer") throw fail("it takes whole numbers, so its range needs that scale.");
  }
}

/** Such as "Weight mutation"; the path itself if this version does not know it. */
export function labelOfAxis({ kind, base, axes }: Pick<SweepPlan, "kind" | "base" | "axes">, path: string): string {
  const name = parameterOf(path);
  if (name === null) return fields[kind][path]?.label ?? path;
  const methodField = methodFields[kind];
  const methodIds = methodField === null ? [] : [base[methodField], ...(axes.find((axis) => axis.path === methodField)?.values ?? [])];
  const own = methodIds.flatMap((id) => (typeof id === "string" ? [findMethod(kind, id)] : []));
  const specs = [...own, ...methodsOf(kind)].flatMap((method) => method?.parameters ?? []);
  return specs.find((spec) => spec.name === name)?.label ?? name;
}

/** The name of a sweep without one, such as "Weight mutation by seed". */
export function nameOfSweep(plan: Pick<SweepPlan, "kind" | "base" | "axes" | "seeds">): string {
  const labels = plan.axes.map(({ path }) => labelOfAxis(plan, path));
  const joined = labels.length === 1 ? labels[0] : `${labels.slice(0, -1).join(", ")} and ${labels.at(-1)?.toLowerCase()}`;
  return plan.seeds.length > 1 ? `${joined} by seed` : `${joined}`;
}
