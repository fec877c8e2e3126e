/** The arithmetic behind the form: which value holds, what the paper has, what differs and must be sent. */

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

/** What has presets: an encoding, or the method of another kind of run. */
type WithPresets = Pick<EncodingChoice, "presets">;

/** Defaults, then the preset. */
export function presetValues(specs: readonly Spec[], encoding: WithPresets, presetId: string): Values {
  return { ...defaultsOf(specs), ...asValues(encoding.presets.find((preset) => preset.id === presetId)?.values) };
}

/** What was typed, as the value that its kind means; a string stays when it means none, for the check to name. */
export function readValue(spec: Spec, text: string): unknown {
  if (spec.kind === "BOOLEAN") return text === "true";
  if (spec.kind === "CHOICE") return text;
  return text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
}

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

/** Only what differs from the preset is sent. */
export function overridesOf(values: Values, preset: Values): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => name in preset && preset[name] !== value));
}
