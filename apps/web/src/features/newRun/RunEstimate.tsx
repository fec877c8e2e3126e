/** How long it will take, from the speed measured on the last runs against the model; nothing is guessed before the first. */

import { formatCount, formatDuration, formatRate } from "../marks/numbers.ts";
import styles from "./RunEstimate.module.css";

interface RunEstimateProps {
  readonly evaluations: number | null;
  readonly speed: number | null;
  /** After the count, where no speed is known. */
  readonly words?: string;
  readonly missing?: string;
}

export function RunEstimate({
  evaluations,
  speed,
  words = "evaluations. No run was measured against this model yet",
  missing = "Enter valid generations and offspring to see the estimated time.",
}: RunEstimateProps) {
  const seconds = evaluations !== null && speed ? evaluations / speed : null;
  const [amount, ...unit] = seconds === null ? ["–"] : formatDuration(seconds).split(" ");
  return (
    <section className={styles.estimate} aria-live="polite">
      <h2>Estimate</h2>
      <p>
        <span className="n36">{amount}</span>{" "}
        <span className="second">{unit.join(" ").replace(/^s$/, "seconds").replace(/^min$/, "minutes")}</span>
      </p>
      <p className="t12 muted">
        {evaluations === null ? missing : <span className="n12">{formatCount(evaluations)}</span>}
        {evaluations === null ? null : speed ? (
          <>
            {" "}
            evaluations at <span className="n12">{formatRate(speed)}/s</span>, measured on the last runs against this model.
          </>
        ) : (
          ` ${words}.`
        )}
      </p>
    </section>
  );
}
