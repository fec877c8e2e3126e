"use client";
/** The bounds of an attack and their meaning in its norm. Attacks that minimise the change take no bounds, and the field says so. */
import { norms } from "../marks/norms.ts";
import styles from "./BoundsField.module.css";
import type { BoundsState } from "./useBounds.ts";

interface BoundsFieldProps {
  readonly bounds: BoundsState;
  /** The API's error. */
  readonly apiProblem: string | null;
  /** The attack's own bound, used if the field is empty. */
  readonly ownBound: string;
  readonly attackLabel: string;
}

export function BoundsField({ bounds, apiProblem, ownBound, attackLabel }: BoundsFieldProps) {
  if (!bounds.isBounded)
    return (
      <p className={styles.boundsField}>
        <span className="fieldLabel">Bounds</span>
        <span className="t12 muted">
          None: {attackLabel} minimises the {norms[bounds.norm].measure}.
        </span>
      </p>
    );
  const problem = bounds.problem ?? apiProblem;
  return (
    <label className={styles.boundsField}>
      <span className="fieldLabel">Bounds in grey levels</span>
      <input
        className="input number"
        value={bounds.text}
        autoComplete="off"
        aria-invalid={problem ? true : undefined}
        onChange={(event) => bounds.setText(event.target.value)}
      />
      {problem ? (
        <span className="fieldError" role="alert">
          {problem}
        </span>
      ) : null}
      <span className="t12 muted">
        {norms[bounds.norm].bounds} Leave empty for the attack’s own bound, {ownBound}.
      </span>
    </label>
  );
}
