/** A run's estimated duration, from the speed of recent runs against the same model; before the first run, only the number of evaluations. */
import { formatCount, formatDuration, formatRate } from "../marks/numbers.ts";
import styles from "./RunEstimate.module.css";

interface RunEstimateProps {
  readonly evaluations: number | null;
  readonly speed: number | null;
  /** Shown after the count while the speed is unknown. */
  readonly description?: string;
  /** Shown while the number of evaluations is unknown. */
  readonly missing?: string;
}

export function RunEstimate({
  evaluations,
  speed,
  description = "evaluations. No run against this model has been measured yet",
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
            evaluations at <span className="n12">{formatRate(speed)}/s</span>, as measured in recent runs against this model.
          </>
        ) : (
          ` ${description}.`
        )}
      </p>
    </section>
  );
}
