/** Parameter values of the form: reads and checks them, and finds those that differ from the preset and must be sent. */
import type { ParameterSpecsQuery } from "../../graphql/generated/graphql.ts";
import { formatParameter } from "../run/parameterEntries.ts";

export type EncodingChoice = ParameterSpecsQuery["encodings"][number];
export type Spec = EncodingChoice["parameters"][number];
export type Values = Readonly<Record<string, unknown>>;

export function asValues(json: unknown): Values {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as Values) : {};
}

function defaultsOf(specs: readonly Spec[]): Values {
  return Object.fromEntries(specs.map((spec) => [spec.name, spec.default]));
}

/** An encoding, or the method of another kind of run. */
type WithPresets = Pick<EncodingChoice, "presets">;

/** The defaults, overridden by the preset's values. */
export function presetValues(specs: readonly Spec[], method: WithPresets, presetId: string): Values {
  return { ...defaultsOf(specs), ...asValues(method.presets.find((preset) => preset.id === presetId)?.values) };
}

/** Converts typed text to the parameter's type. Text that is not a number stays a string, which `problemWith` reports. */
export function readValue(spec: Spec, text: string): unknown {
  if (spec.kind === "BOOLEAN") return text === "true";
  if (spec.kind === "CHOICE") return text;
  return text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
}

/** The error in a value; null if it is valid. */
export function problemWith(spec: Spec, value: unknown): string | null {
  if (spec.kind === "BOOLEAN") return typeof value === "boolean" ? null : "Yes or no.";
  if (spec.kind === "CHOICE") return spec.choices?.includes(String(value)) ? null : `One of ${spec.choices?.join(", ")}.`;
  if (typeof value !== "number" || !Number.isFinite(value)) return "A number.";
  if (spec.kind === "INTEGER" && !Number.isInteger(value)) return "A whole number.";
  const { minimum, maximum } = spec;
  if ((typeof minimum === "number" && value < minimum) || (typeof maximum === "number" && value > maximum))
    return `From ${formatParameter(minimum)} to ${formatParameter(maximum)}.`;
  return null;
}

/** The values that differ from the preset; only these are sent. */
export function overridesOf(values: Values, preset: Values): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => name in preset && preset[name] !== value));
}
