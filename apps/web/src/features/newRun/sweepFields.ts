/** The properties of a run that the axes of a sweep may vary: fields of its form, then the parameters of its method. */

import type { ModelChoice } from "./modelDetail.ts";
import type { Spec } from "./parameterForm.ts";
import type { AxisField } from "./parseAxisText.ts";

/** Models are typed by their short names, such as `lenet`. */
export function modelField(models: readonly ModelChoice[]): AxisField {
  const usable = models.filter(({ state }) => state !== "REFUSED");
  return { path: "modelId", label: "Model", kind: "choice", choices: Object.fromEntries(usable.map(({ slug, id }) => [slug, id])) };
}

export function choiceField(path: string, label: string, ids: readonly string[]): AxisField {
  return { path, label, kind: "choice", choices: Object.fromEntries(ids.map((id) => [id, id])) };
}

export function parameterFields(specs: readonly Spec[]): readonly AxisField[] {
  return specs.map((spec) => {
    const field = { path: `parameters.${spec.name}`, label: spec.label };
    switch (spec.kind) {
      case "CHOICE":
        return choiceField(field.path, field.label, spec.choices ?? []);
      case "BOOLEAN":
        return { ...field, kind: "boolean" as const };
      default: {
        const kind = spec.kind === "INTEGER" ? ("integer" as const) : ("number" as const);
        return {
          ...field,
          kind,
          ...(spec.minimum == null ? {} : { minimum: spec.minimum }),
          ...(spec.maximum == null ? {} : { maximum: spec.maximum }),
        };
      }
    }
  });
}
