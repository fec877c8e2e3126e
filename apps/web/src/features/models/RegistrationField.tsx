/** One line of the form: its name, what was typed, and below it what is wrong with that. */
import type { ReactNode } from "react";

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problem?: string | undefined;
  readonly onLeave?: () => void;
  readonly hint?: string;
  readonly number?: boolean;
  readonly type?: "text" | "url";
  /** Below the input where nothing is wrong. */
  readonly note?: ReactNode;
}

export function RegistrationField({ label, value, onChange, problem, onLeave, hint, number = false, type = "text", note }: FieldProps) {
  return (
    <label>
      <span className="fieldLabel">{label}</span>
      <input
        className={number ? "input number" : "input"}
        type={type}
        value={value}
        placeholder={hint}
        autoComplete="off"
        spellCheck={type === "url" ? false : undefined}
        aria-invalid={problem ? true : undefined}
        onBlur={onLeave}
        onChange={(event) => onChange(event.target.value)}
      />
      {problem ? <FieldProblem>{problem}</FieldProblem> : note ? <span className="t12 muted">{note}</span> : null}
    </label>
  );
}

export function FieldProblem({ children }: { readonly children: ReactNode }) {
  return (
    <span className="fieldError" role="alert">
      {children}
    </span>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly string[];
  readonly onChange: (value: string) => void;
  readonly note?: string;
}

export function RegistrationChoice({ label, value, choices, onChange, note }: ChoiceProps) {
  return (
    <label>
      <span className="fieldLabel">{label}</span>
      <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
      {note ? <span className="t12 muted">{note}</span> : null}
    </label>
  );
}
