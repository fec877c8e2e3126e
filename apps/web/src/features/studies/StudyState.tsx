/** A study's state as a glyph and a word, without colour. */
import type { StudyState as State } from "../../graphql/generated/graphql.ts";
import { LiveDot } from "../marks/LiveDot.tsx";
import styles from "../marks/StateGlyph.module.css";

function Glyph({ state }: { state: State }) {
  if (state === "OPEN") return <LiveDot />;
  return (
    <svg width="9" height="9" viewBox="0 0 9 9" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.6">
      {state === "DRAFT" ? <circle cx="4.5" cy="4.5" r="3.4" strokeWidth="1.2" strokeDasharray="2 1.6" /> : null}
      {state === "PAUSED" ? <path d="M2.5 1v7M6.5 1v7" strokeWidth="2" /> : null}
      {state === "CLOSED" ? <circle cx="4.5" cy="4.5" r="3.2" /> : null}
      {state === "ARCHIVED" ? <path d="M1 4.5h7" /> : null}
    </svg>
  );
}

export function StudyState({ state }: { state: State }) {
  const calm = state === "CLOSED" || state === "ARCHIVED";
  return (
    <span className={calm ? `${styles.stateGlyph} ${styles.calm}` : styles.stateGlyph}>
      <Glyph state={state} />
      {state}
    </span>
  );
}
