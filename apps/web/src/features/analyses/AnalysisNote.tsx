/** An analysis's progress or final state, and the error if it could not be started. */

import type { AnalysisStateFragment } from "../../graphql/generated/graphql.ts";
import { formatCount } from "../marks/numbers.ts";
import { ProgressTrack } from "../marks/ProgressTrack.tsx";
import styles from "./AnalysisNote.module.css";

interface AnalysisNoteProps {
  readonly analysis: AnalysisStateFragment | null;
  readonly problem: string | null;
  /** What a failed or cancelled analysis leaves, as a sentence; null for nothing. */
  readonly keeps?: string | null;
}

const keptScores = "Scores written so far are kept.";

export function AnalysisNote({ analysis, problem, keeps = keptScores }: AnalysisNoteProps) {
  return (
    <>
      <AnalysisProgress analysis={analysis} keeps={keeps} />
      {problem === null ? null : (
        <span className="fieldError" role="alert">
          {problem}
        </span>
      )}
    </>
  );
}

export function AnalysisProgress({ analysis, keeps = keptScores }: Pick<AnalysisNoteProps, "analysis" | "keeps">) {
  if (analysis === null || analysis.state === "SUCCEEDED") return <span role="status" />;
  if (analysis.state === "FAILED")
    return (
      <span className="fieldError" role="alert">
        {analysis.failure ?? "The analysis failed."}
        {keeps === null ? null : ` ${keeps} Start it again to continue.`}
      </span>
    );
  const { state, done, total } = analysis;
  const share = typeof total === "number" && total > 0 ? done / total : null;
  return (
    <span className={styles.progress} role="status">
      <span className="t12 muted">
        {stateLabels[state]}
        {typeof total === "number" ? (
          <>
            , <span className="n12">{formatCount(done)}</span> of <span className="n12">{formatCount(total)}</span>
          </>
        ) : null}
        {state === "CANCELLED" ? `.${keeps === null ? "" : ` ${keeps}`}` : null}
      </span>
      {share !== null && state === "RUNNING" ? <ProgressTrack share={share} className={styles.track} /> : null}
    </span>
  );
}

const stateLabels = { QUEUED: "Queued", RUNNING: "Running", CANCELLED: "Cancelled" } as const;
