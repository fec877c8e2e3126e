"use client";
/** A field for a whole number. It keeps the text as typed, and its error states the full range. */
interface NumberFieldProps {
  readonly label: string;
  readonly value: string;
  readonly problem: string | null;
  onChange(text: string): void;
}

export function NumberField({ label, value, problem, onChange }: NumberFieldProps) {
  return (
    <label>
      <span className="fieldLabel">{label}</span>
      <input
        className="input number"
        inputMode="numeric"
        autoComplete="off"
        value={value}
        aria-invalid={problem ? true : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {problem ? (
        <span className="fieldError" role="alert">
          {problem}
        </span>
      ) : null}
    </label>
  );
}
