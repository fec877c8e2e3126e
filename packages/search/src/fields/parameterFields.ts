/**
 * A field for each parameter of each method, from the methods' own specs. Methods whose parameters have the
 * same name share a field, which has the choices of all of them.
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

/** The range that covers every method with the parameter. */
function rangeOf(specs: readonly ParameterSpec[]): Pick<SearchField, "range"> {
  const numbers = specs.flatMap((spec) => (spec.kind === "number" || spec.kind === "integer" ? [spec] : []));
  if (numbers.length === 0) return {};
  return {
    range: {
      lowest: Math.min(...numbers.map(({ minimum }) => minimum)),
      highest: Math.max(...numbers.map(({ maximum }) => maximum)),
    },
  };
}

/** @param taken whether another field has this name. A parameter with a taken name can only be searched as `param.NAME`. */
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
      ...rangeOf(allParameters.filter((spec) => spec.name === name)),
    });
  });
}
