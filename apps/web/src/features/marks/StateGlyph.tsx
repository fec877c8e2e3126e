/** A run's state as a glyph and a word, without colour. */
import type { RunState } from "../../graphql/generated/graphql.ts";
import { LiveDot } from "./LiveDot.tsx";
import styles from "./StateGlyph.module.css";

const labels: Record<RunState, string> = {
  QUEUED: "QUEUED",
  RUNNING: "RUNNING",
  PAUSED: "PAUSED",
  SUCCEEDED: "FINISHED",
  FAILED: "FAILED",
  CANCELLED: "CANCELLED",
  CRASHED: "CRASHED",
};

function Glyph({ state }: { state: RunState }) {
  if (state === "RUNNING") return <LiveDot />;
  return (
    <svg width="9" height="9" viewBox="0 0 9 9" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.6">
      {state === "QUEUED" ? <circle cx="4.5" cy="4.5" r="3.4" strokeWidth="1.2" strokeDasharray="2 1.6" /> : null}
      {state === "PAUSED" ? <path d="M2.5 1v7M6.5 1v7" strokeWidth="2" /> : null}
      {state === "SUCCEEDED" ? <circle cx="4.5" cy="4.5" r="3.2" /> : null}
      {state === "FAILED" || state === "CRASHED" ? <path d="M1.5 1.5l6 6M7.5 1.5l-6 6" /> : null}
      {state === "CANCELLED" ? <path d="M1 4.5h7" /> : null}
    </svg>
  );
}

export function StateGlyph({ state }: { state: RunState }) {
  const calm = state === "SUCCEEDED" || state === "CANCELLED";
  return (
    <span className={calm ? `${styles.stateGlyph} ${styles.calm}` : styles.stateGlyph}>
      <Glyph state={state} />
      {labels[state]}
    </span>
  );
}
