/** How many of the loaded trajectories reached each confidence level, and their median step. */

import { ConfidenceSwatch } from "../marks/ConfidenceBar.tsx";
import { formatAxisConfidence } from "../marks/confidence.ts";
import { formatCount } from "../marks/numbers.ts";
import milestonesStyles from "../run/Milestones.module.css";
import styles from "./AscentMilestones.module.css";
import { allEnded, medianStep, type TrajectoryRow } from "./trajectories.ts";

const levels = [0.5, 0.9, 0.99, 0.999, 0.9999] as const;

interface AscentMilestonesProps {
  readonly rows: readonly TrajectoryRow[];
  /** Whether `rows` are all stored trajectories. */
  readonly complete: boolean;
  /** The number of trajectories when the run is finished. */
  readonly expected: number;
  /** Whether the run has ended and cannot be resumed. */
  readonly over: boolean;
  /** The configuration of the trajectories; null if the run is not a search. */
  readonly configuration: number | null;
}

export function AscentMilestones({ rows, complete, expected, over, configuration }: AscentMilestonesProps) {
  const notReached = allEnded(rows, { complete, expected }) ? "never" : over ? "–" : "not yet";
  const isPart = rows.length > 0 && !complete;
  return (
    <section>
      <div className="sectionHead">
        <h2>Milestones</h2>
        <span className="t12 muted">median step</span>
      </div>
      {configuration !== null || isPart ? (
        <p className={`t12 muted ${styles.milestonesOf}`}>
          {configuration === null ? null : (
            <>
              configuration <span className="n12">{configuration}</span>
              {isPart ? ", " : null}
            </>
          )}
          {isPart ? (
            <>
              the <span className="n12">{formatCount(rows.length)}</span> shown
            </>
          ) : null}
        </p>
      ) : null}
      <ul className={milestonesStyles.milestones}>
        {levels.map((level) => {
          const { reached, step } = medianStep(rows, level);
          return (
            <li key={level}>
              <span className="n12">
                <ConfidenceSwatch className={milestonesStyles.confidenceSwatch} value={level} /> {formatAxisConfidence(level)}
              </span>
              <span className="t12 muted">
                <b className="n12">{rows.length === 0 ? "–" : reached}</b> of{" "}
                <span className="n12">{rows.length === 0 ? "–" : formatCount(rows.length)}</span>
              </span>
              <span className="n12 muted">{step === null ? notReached : formatCount(Math.round(step))}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
