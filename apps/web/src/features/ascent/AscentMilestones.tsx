/** How many of the shown trajectories reached each level, and at which step in the middle. */
import { ConfidenceSwatch } from "../marks/ConfidenceBar.tsx";
import { formatAxisConfidence } from "../marks/confidence.ts";
import { formatCount } from "../marks/numbers.ts";
import { medianStep, type TrajectoryRow } from "./trajectories.ts";

const levels = [0.5, 0.9, 0.99, 0.999, 0.9999] as const;

interface AscentMilestonesProps {
  readonly rows: readonly TrajectoryRow[];
  /** Of a search: whose trajectories they are. */
  readonly configuration: number | null;
  readonly live: boolean;
}

export function AscentMilestones({ rows, configuration, live }: AscentMilestonesProps) {
  return (
    <section>
      <div className="sectionHead">
        <h2>Milestones</h2>
        <span className="t12 muted">
          {configuration === null ? (
            "median step"
          ) : (
            <>
              configuration <span className="n12">{configuration}</span>, median step
            </>
          )}
        </span>
      </div>
      <ul className="milestones">
        {levels.map((level) => {
          const { reached, step } = medianStep(rows, level);
          return (
            <li key={level}>
              <span className="n12">
                <ConfidenceSwatch value={level} /> {formatAxisConfidence(level)}
              </span>
              <span className="t12 muted">
                <b className="n12">{reached}</b> of <span className="n12">{rows.length}</span>
              </span>
              <span className="n12 muted">{step === null ? (live ? "not yet" : "never") : formatCount(Math.round(step))}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
