"use client";
/** The control of a parameter: a number field, or a list of choices. */
import type { ParameterSpec, ParameterValue } from "@pareidolia/core/parameterSpec";
import { NumberInput } from "./NumberInput.tsx";
import { wordsOf } from "./templateRules.ts";

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [value: string, text: string])[];
  readonly className?: string | undefined;
  onChange(value: string): void;
}

export function Choice({ label, value, choices, className = "", onChange }: ChoiceProps) {
  return (
    <select className={`input ${className}`} aria-label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      {choices.map(([choice, text]) => (
        <option key={choice} value={choice}>
          {text}
        </option>
      ))}
    </select>
  );
}

interface SpecControlProps {
  readonly spec: ParameterSpec;
  readonly value: ParameterValue;
  readonly className?: string | undefined;
  onChange(value: ParameterValue): void;
}

export function SpecControl({ spec, value, className, onChange }: SpecControlProps) {
  if (spec.kind === "choice")
    return (
      <Choice
        label={spec.label}
        value={String(value)}
        choices={spec.choices.map((choice) => [choice, wordsOf(choice)] as const)}
        className={className}
        onChange={onChange}
      />
    );
  if (spec.kind === "boolean")
    return (
      <Choice
        label={spec.label}
        value={String(value)}
        choices={[
          ["false", "no"],
          ["true", "yes"],
        ]}
        className={className}
        onChange={(next) => onChange(next === "true")}
      />
    );
  return (
    <NumberInput
      label={spec.label}
      value={Number(value)}
      minimum={spec.minimum}
      maximum={spec.maximum}
      whole={spec.kind === "integer"}
      className={className}
      onChange={(next) => {
        if (next !== null) onChange(next);
      }}
    />
  );
}

/** The value in words, for the column of the template. */
export function describeValue(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? wordsOf(value) : String(value);
}
