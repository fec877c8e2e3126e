/** The text fields and choices of the registration form, each with its label and, below it, an error or a note. */
import type { ReactNode } from "react";

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problem?: string | undefined;
  readonly onBlur?: () => void;
  readonly placeholder?: string;
  readonly number?: boolean;
  readonly type?: "text" | "url";
  /** Shown below the input if there is no error. */
  readonly note?: ReactNode;
}

export function RegistrationField(props: FieldProps) {
  const { label, value, onChange, problem, onBlur, placeholder, number = false, type = "text", note } = props;
  return (
    <label>
      <span className="fieldLabel">{label}</span>
      <input
        className={number ? "input number" : "input"}
        type={type}
        value={value}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={type === "url" ? false : undefined}
        aria-invalid={problem ? true : undefined}
        onBlur={onBlur}
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
