"use client";
/** All parameters, each beside the paper's value and outlined if it differs. Collapsed by default. */
import { useState } from "react";
import { Button } from "../marks/Button.tsx";
import { formatParameter } from "../run/parameterEntries.ts";
import styles from "./ExpertParameters.module.css";
import { problemWith, readValue, type Spec, type Values } from "./parameterForm.ts";

interface ExpertParametersProps {
  readonly specs: readonly Spec[];
  readonly values: Values;
  readonly paper: Values;
  onChange(name: string, value: unknown): void;
  /** The source of the values shown beside the fields; the papers of some attacks give none. */
  readonly reference?: string;
  /** An error in the parameters of the page's address; the section is then expanded at first. */
  readonly problem?: string | undefined;
  /** Names of the parameters that a random search draws instead. */
  readonly drawn?: ReadonlySet<string> | undefined;
  onReset(): void;
}

export function ExpertParameters(props: ExpertParametersProps) {
  const { specs, values, paper, reference = "the paper", problem, drawn, onChange, onReset } = props;
  const [initiallyOpen] = useState(problem !== undefined);
  const differing = specs.filter(({ name }) => !drawn?.has(name) && values[name] !== paper[name]).length;
  const drawnText = drawn === undefined || drawn.size === 0 ? "" : `, ${drawn.size} drawn`;
  const summary = differing === 0 ? `as in ${reference}` : `${differing} ${differing === 1 ? "differs" : "differ"} from ${reference}`;
  return (
    <details className={styles.expert} open={initiallyOpen}>
      <summary>
        <h2>Expert parameters</h2>
        <span className="t12 muted">
          {summary}
          {drawnText}
        </span>
      </summary>
      {problem === undefined ? null : (
        <p className="fieldError" role="alert">
          {problem}
        </p>
      )}
      <div className={styles.expertGrid}>
        {specs.map((spec) =>
          drawn?.has(spec.name) ? (
            <div key={spec.name} className={styles.parameterRow} title={spec.description}>
              <span>{spec.label}</span>
              <span className={`${styles.drawnNote} t12 muted`}>drawn for each configuration</span>
            </div>
          ) : (
            <ParameterRow
              key={spec.name}
              spec={spec}
              value={values[spec.name]}
              paper={paper[spec.name]}
              reference={reference}
              onChange={(value) => onChange(spec.name, value)}
            />
          ),
        )}
      </div>
      <Button look="quiet" disabled={differing === 0} onClick={onReset}>
        Reset to {reference}
      </Button>
    </details>
  );
}

function ParameterRow({
  spec,
  value,
  paper,
  reference,
  onChange,
}: {
  spec: Spec;
  value: unknown;
  paper: unknown;
  reference: string;
  onChange: (value: unknown) => void;
}) {
  const problem = problemWith(spec, value);
  // Keep the text as typed while it has the same value: while typing "0.5", "0." already parses as 0.
  const [text, setText] = useState(String(value));
  const id = `parameter-${spec.name}`;
  const shared = {
    id,
    className: value === paper ? "input number" : `input number ${styles.differs}`,
    "aria-describedby": `${id}-about`,
    "aria-invalid": problem ? true : undefined,
    value: readValue(spec, text) === value ? text : String(value),
    onChange: (event: { target: { value: string } }) => {
      setText(event.target.value);
      onChange(readValue(spec, event.target.value));
    },
  };
  const options = spec.kind === "BOOLEAN" ? ["true", "false"] : (spec.choices ?? []);
  return (
    <div className={styles.parameterRow} title={spec.description}>
      <label htmlFor={id}>{spec.label}</label>
      {spec.kind === "CHOICE" || spec.kind === "BOOLEAN" ? (
        <select {...shared}>
          {options.map((option) => (
            <option key={option} value={option}>
              {spec.kind === "BOOLEAN" ? (option === "true" ? "yes" : "no") : option}
            </option>
          ))}
        </select>
      ) : (
        <input inputMode="decimal" autoComplete="off" {...shared} />
      )}
      <span className="n12 muted">
        <span className="visuallyHidden">{reference}: </span>
        {formatParameter(paper)}
      </span>
      <span id={`${id}-about`} className={problem ? "fieldError" : "visuallyHidden"} role={problem ? "alert" : undefined}>
        {problem ?? spec.description}
      </span>
    </div>
  );
}
