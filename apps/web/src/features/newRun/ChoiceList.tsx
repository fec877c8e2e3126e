"use client";
/** A list of radio buttons, each with a label and a line of detail. */
import styles from "./ChoiceList.module.css";

interface Choice {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
}

interface ChoiceListProps {
  readonly legend: string;
  readonly name: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly problem?: string | undefined;
  onChange(id: string): void;
}

export function ChoiceList({ legend, name, choices, value, problem, onChange }: ChoiceListProps) {
  return (
    <fieldset className={styles.choiceList}>
      <legend>{legend}</legend>
      {problem ? (
        <span className="fieldError" role="alert">
          {problem}
        </span>
      ) : null}
      {choices.map((choice) => (
        <label key={choice.id}>
          <input type="radio" name={name} value={choice.id} checked={choice.id === value} onChange={() => onChange(choice.id)} />
          <span>
            <b>{choice.label}</b>
            <span className="t12 muted">{choice.detail}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
