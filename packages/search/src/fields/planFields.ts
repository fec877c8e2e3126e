/**
 * A field for each property of each kind's plan, as the kinds declare them. Properties and parameters with the same name share a
 * field: `offspring` is in the plan of an evolution and among the parameters of a chain.
 */
import { getRunKind, type PlanFieldOfKind, planFields } from "@pareidolia/core/runKinds/registry";
import type { PlanField } from "@pareidolia/core/runKinds/runKind";
import { type FieldType, fieldOf, type SearchField } from "./field.ts";

const types: Readonly<Record<PlanField["type"], FieldType>> = { number: "number", text: "text", list: "mixed", count: "number" };

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

const byName = grouped(planFields, ({ field }) => field.name);

/** Describes the property for each kind, or once if all descriptions are equal. */
function describe(properties: readonly PlanFieldOfKind[]): string {
  const texts = grouped(properties, ({ field }) => field.description);
  if (texts.size === 1) return [...texts.keys()].join("");
  return [...texts].map(([text, of]) => `${of.map(({ kind }) => getRunKind(kind).label).join(", ")}: ${text}`).join(" ");
}

function planFieldOf(name: string, properties: readonly PlanFieldOfKind[], parameter: SearchField | undefined): SearchField {
  const [{ field }] = properties as readonly [PlanFieldOfKind];
  const different = properties.find((other) => other.field.type !== field.type);
  if (different !== undefined || (parameter !== undefined && parameter.type !== types[field.type]))
    throw new Error(`The field ${name} has several types. Give one of them another name.`);
  const kinds = [...new Set(properties.map(({ kind }) => getRunKind(kind).label))].join(", ");
  const description = parameter === undefined ? describe(properties) : `${parameter.description} ${kinds}: ${describe(properties)}`;
  return {
    ...fieldOf({ name, type: types[field.type], label: field.label, description, mayBeMissing: true, isGroupable: true, ...parameter }),
    description,
    plan: properties.map(({ kind, field: { type, place } }) => ({ kind, type, place })),
  };
}

/** The parameters' fields, joined with those of plans. @throws Error for a name that another field has or that has several types. */
export function withPlanFields(parameters: readonly SearchField[], taken: (name: string) => boolean): SearchField[] {
  for (const name of byName.keys()) if (taken(name)) throw new Error(`Two fields of runs are named ${name}.`);
  const ofParameters = new Map(parameters.map((field) => [field.name, field]));
  return [
    ...[...byName].map(([name, properties]) => planFieldOf(name, properties, ofParameters.get(name))),
    ...parameters.filter(({ name }) => !byName.has(name)),
  ];
}
