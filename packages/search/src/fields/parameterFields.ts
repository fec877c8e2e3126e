/**
 * A field for each parameter of each method, from the methods' own specs. Methods share a field if they share the name: its choices are
 * those of all of them.
 */
import { ascents, attacks } from "@pareidolia/ascent/registry";
import type { ParameterSpec } from "@pareidolia/core/parameterSpec";
import { chainParameters } from "@pareidolia/core/retrainingChain";
import { encodings } from "@pareidolia/encodings/registry";
import { searchParameters } from "@pareidolia/evolution/searchParameters";
import { type FieldType, type FieldValue, fieldOf, type SearchField } from "./field.ts";

const types: Readonly<Record<ParameterSpec["kind"], FieldType>> = {
  number: "number",
  integer: "number",
  choice: "choice",
  boolean: "flag",
};

export const allParameters: readonly ParameterSpec[] = [
  ...encodings.flatMap(({ parameters }) => parameters),
  ...searchParameters,
  ...ascents.flatMap(({ parameters }) => parameters),
  ...attacks.flatMap(({ parameters }) => parameters),
  ...chainParameters,
];

const prefix = "param.";

/** @param taken whether another field has this name; a parameter with such a name is found by `param.NAME` only. */
export function parameterFields(taken: (name: string) => boolean): SearchField[] {
  const firsts = new Map<string, ParameterSpec>();
  for (const spec of allParameters) if (!firsts.has(spec.name)) firsts.set(spec.name, spec);
  return [...firsts].map(([name, first]) => {
    const values = new Map<string, FieldValue>();
    for (const spec of allParameters)
      if (spec.name === name && spec.kind === "choice")
        for (const choice of spec.choices) values.set(choice, { name: choice, value: choice });
    const isTaken = taken(name);
    return fieldOf({
      name: isTaken ? `${prefix}${name}` : name,
      aliases: isTaken ? [] : [`${prefix}${name}`],
      type: types[first.kind],
      label: first.label,
      description: `Parameter. ${first.description}`,
      values: [...values.values()],
      mayBeMissing: true,
      isGroupable: true,
      parameter: name,
    });
  });
}
