"use client";
/** A labelled text field of these pages: a note beside its label, and its problem below. */
import { type InputHTMLAttributes, type ReactNode, useEffect, useEffectEvent, useId, useRef } from "react";
import styles from "./Field.module.css";

export interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "value" | "onChange"> {
  readonly label: string;
  readonly value: string;
  readonly onValue?: (value: string) => void;
  /** At the right of the label: a hint, or a link. */
  readonly aside?: ReactNode;
  readonly problem?: string | undefined;
  /** Inside the field, at its right. */
  readonly action?: ReactNode;
}

export function Field({ label, aside, problem, action, onValue, ...input }: FieldProps) {
  const id = useId();
  const element = useRef<HTMLInputElement>(null);
  // A password manager or a quick user fills the field before the page's code has loaded.
  const takeFilled = useEffectEvent(() => {
    const filled = element.current?.value ?? "";
    if (filled !== input.value) onValue?.(filled);
  });
  useEffect(() => takeFilled(), []);
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
          ref={element}
          id={id}
          onChange={(event) => onValue?.(event.target.value)}
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
