/**
 * Parameter specs of encodings, methods and analyses. Forms, the API's validation and the TypeScript types of the values are derived from
 * them.
 */
import { AppError } from "./appError.ts";

interface Described {
  /** camelCase, unique within the encoding, method or analysis. */
  readonly name: string;
  /** Form label, in sentence case. */
  readonly label: string;
  readonly description: string;
}
export type ParameterSpec =
  | (Described & { readonly kind: "number" | "integer"; readonly default: number; readonly minimum: number; readonly maximum: number })
  | (Described & { readonly kind: "choice"; readonly default: string; readonly choices: readonly string[] })
  | (Described & { readonly kind: "boolean"; readonly default: boolean });

export type ParameterValue = number | string | boolean;
export type Parameters = Readonly<Record<string, ParameterValue>>;

type ValueOf<Spec> = Spec extends { readonly kind: "choice"; readonly choices: readonly (infer Choice)[] }
  ? Choice
  : Spec extends { readonly kind: "boolean" }
    ? boolean
    : number;

/** Values by parameter name. For precise types, declare the specs `as const satisfies readonly ParameterSpec[]`. */
export type ParameterValues<Specs extends readonly ParameterSpec[]> = {
  readonly [Spec in Specs[number] as Spec["name"]]: ValueOf<Spec>;
};

/** A named set of values. `source` cites their origin, with section or file. */
export interface Preset<Values extends Parameters = Parameters> {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly source: string;
  readonly values: Values;
}

function problemWith(spec: ParameterSpec, value: unknown): string | null {
  if (spec.kind === "boolean") return typeof value === "boolean" ? null : "must be true or false";
  if (spec.kind === "choice")
    return typeof value === "string" && spec.choices.includes(value) ? null : `must be one of ${spec.choices.join(", ")}`;
  if (typeof value !== "number" || !Number.isFinite(value)) return "must be a finite number";
  if (spec.kind === "integer" && !Number.isInteger(value)) return "must be a whole number";
  if (value < spec.minimum || value > spec.maximum) return `must be from ${spec.minimum} to ${spec.maximum}`;
  return null;
}

/**
 * Checks the given values and adds the defaults of all other parameters.
 * @throws AppError INVALID_INPUT naming the first unknown or invalid parameter.
 */
export function resolveParameters<const Specs extends readonly ParameterSpec[]>(
  specs: Specs,
  given: Readonly<Record<string, unknown>>,
): ParameterValues<Specs> {
  const known = new Set(specs.map(({ name }) => name));
  for (const name of Object.keys(given))
    if (!known.has(name))
      throw new AppError("INVALID_INPUT", `Unknown parameter "${name}". Known: ${[...known].join(", ")}.`, {
        field: `parameters.${name}`,
      });
  const resolved: Record<string, ParameterValue> = {};
  for (const spec of specs) {
    const value = Object.hasOwn(given, spec.name) ? given[spec.name] : spec.default;
    const problem = problemWith(spec, value);
    if (problem !== null) throw new AppError("INVALID_INPUT", `${spec.label} ${problem}.`, { field: `parameters.${spec.name}` });
    resolved[spec.name] = value as ParameterValue;
  }
  return resolved as ParameterValues<Specs>;
}
