/** The outcome of a run, or of runs of one kind: a count in the unit of the kind, and the median confidence if there is one. */
import type { OutcomeFragment } from "../../graphql/generated/graphql.ts";
import { Confidence } from "./Confidence.tsx";
import { ConfidenceBar } from "./ConfidenceBar.tsx";
import { formatCount } from "./numbers.ts";
import styles from "./Outcome.module.css";

type Reached = Pick<OutcomeFragment, "reached" | "total" | "unit" | "reachedMeans" | "isMeasured">;

/** For example "8 / 10 classes ≥ .9999". Where nothing was measured, a number of results only: "12 images not measured here". */
export function OutcomeCount({ outcome: { reached, total, unit, reachedMeans, isMeasured } }: { readonly outcome: Reached }) {
  return (
    <span>
      {isMeasured ? (
        <>
          <b className="n12">{formatCount(reached)}</b> <span className="muted">/ </span>
        </>
      ) : null}
      <span className="muted">
        <span className="n12">{formatCount(total)}</span> {unit} {reachedMeans}
      </span>
    </span>
  );
}

export function OutcomeMedian({ outcome: { medianConfidence } }: { readonly outcome: OutcomeFragment }) {
  return (
    <span className={styles.medianCell}>
      <Confidence value={medianConfidence} />
      {typeof medianConfidence === "number" ? <ConfidenceBar className={styles.confidenceBar} value={medianConfidence} width={54} /> : null}
    </span>
  );
}
