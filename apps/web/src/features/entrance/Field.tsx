/** A labelled text field of these pages: a note beside its label, and its problem below. */
import { type InputHTMLAttributes, type ReactNode, useId } from "react";
import styles from "./Field.module.css";

export interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  /** At the right of the label: a hint, or a link. */
  readonly aside?: ReactNode;
  readonly problem?: string | undefined;
  /** Inside the field, at its right. */
  readonly action?: ReactNode;
}

export function Field({ label, aside, problem, action, ...input }: FieldProps) {
  const id = useId();
  const asideId = `${id}-aside`;
  const problemId = `${id}-problem`;
  const described = [problem === undefined ? "" : problemId, aside === undefined ? "" : asideId].filter((each) => each !== "").join(" ");
  return (
    <div className={styles.field}>
      <div className={styles.labelLine}>
        <label htmlFor={id}>{label}</label>
        {aside === undefined ? null : (
          <span id={asideId} className="t12 muted">
            {aside}
          </span>
        )}
      </div>
      <div className={styles.box}>
        <input
          {...input}
          id={id}
          className={`input ${styles.input} ${action === undefined ? "" : styles.withAction}`}
          aria-invalid={problem !== undefined}
          aria-describedby={described === "" ? undefined : described}
        />
        {action}
      </div>
      {problem === undefined ? null : (
        <span id={problemId} className="fieldError">
          {problem}
        </span>
      )}
    </div>
  );
}
