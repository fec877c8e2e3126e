"use client";
/** A field for a whole number. It keeps the text as typed, and its error states the full range. The error is no part of the field's name. */
import { useId } from "react";

interface NumberFieldProps {
  readonly label: string;
  readonly value: string;
  readonly problem: string | null;
  onChange(text: string): void;
}

export function NumberField({ label, value, problem, onChange }: NumberFieldProps) {
  const id = useId();
  return (
    <div>
      <label>
        <span className="fieldLabel">{label}</span>
        <input
          className="input number"
          inputMode="numeric"
          autoComplete="off"
          value={value}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? id : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
      {problem ? (
        <span className="fieldError" id={id} role="alert">
          {problem}
        </span>
      ) : null}
    </div>
  );
}
