"use client";
/** The rungs of successive halving before a sweep starts: a bar for each, as long as its number of points. */
import { formatCount } from "../marks/numbers.ts";
import styles from "./Rungs.module.css";
import { nameOfRung } from "./rungs.ts";

interface RungPlanProps {
  /** In order; the last one is the end of the plan. */
  readonly rungs: readonly { readonly at: number; readonly points: number }[];
  readonly unit: string;
}

export function RungPlan({ rungs, unit }: RungPlanProps) {
  const most = Math.max(1, ...rungs.map(({ points }) => points));
  return (
    <ol className={styles.plan} aria-label="Rungs">
      {rungs.map(({ at, points }, i) => (
        <li key={at}>
          <span className="t12 second">{nameOfRung({ at, unit, isEnd: i === rungs.length - 1 })}</span>
          <span className={styles.planTrack}>
            <i style={{ width: `${(points / most) * 100}%` }} />
          </span>
          <span className="n12">
            {formatCount(points)} <span className="muted">{points === 1 ? "point" : "points"}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
