"use client";
/** The bounds of an attack, with what they mean in its norm; of an attack that takes none, why. */
import { norms } from "../marks/norms.ts";
import styles from "./BoundsField.module.css";
import type { AskedBounds } from "./useBounds.ts";

interface BoundsFieldProps {
  readonly asked: AskedBounds;
  /** What the API has against them. */
  readonly refused: string | null;
  /** The attack's own bound, which holds where none is given. */
  readonly own: string;
  readonly method: string;
}

export function BoundsField({ asked, refused, own, method }: BoundsFieldProps) {
  if (!asked.isBounded)
    return (
      <p className={styles.boundsField}>
        <span className="fieldLabel">Bounds</span>
        <span className="t12 muted">
          None: {method} makes the {norms[asked.norm].measure} as small as it can.
        </span>
      </p>
    );
  const problem = asked.problem ?? refused;
  return (
    <label className={styles.boundsField}>
      <span className="fieldLabel">Bounds in grey levels</span>
      <input
        className="input number"
        value={asked.text}
        autoComplete="off"
        aria-invalid={problem ? true : undefined}
        onChange={(event) => asked.setText(event.target.value)}
      />
      {problem ? (
        <span className="fieldError" role="alert">
          {problem}
        </span>
      ) : null}
      <span className="t12 muted">
        {norms[asked.norm].bounds} Empty: the attack’s own, {own}.
      </span>
    </label>
  );
}
