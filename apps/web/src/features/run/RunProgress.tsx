"use client";
/** The top of a run's side panel, for all kinds of runs: state, progress, controls, and a sentence about the state. */
import type { ReactNode } from "react";
import { useConnectionState } from "../../graphql/client/connection.ts";
import { formatDuration } from "../marks/numbers.ts";
import { ProgressTrack } from "../marks/ProgressTrack.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { Times } from "../marks/Times.tsx";
import { RunControls } from "./RunControls.tsx";
import styles from "./RunProgress.module.css";
import type { RunOnPage } from "./runOnPage.ts";
import { isActive } from "./runStates.ts";
import { StateNote } from "./StateNote.tsx";

function timeText(run: RunOnPage): string {
  if (run.state === "RUNNING" && typeof run.secondsLeft === "number") return `about ${formatDuration(run.secondsLeft)} left`;
  return "";
}

export function RunProgress({ run, share, children }: { readonly run: RunOnPage; readonly share: number; readonly children: ReactNode }) {
  const connection = useConnectionState();
  const percent = Math.floor(share * 100);
  return (
    <section className={styles.runProgress}>
      <div className={styles.runState}>
        <StateGlyph state={run.state} />
        <span className="n12 muted">{percent}%</span>
      </div>
      <ProgressTrack share={share} label="Work done" />
      <div className={styles.runGeneration}>
        <div>{children}</div>
        <span className="t12 second">{timeText(run)}</span>
      </div>
      {run.startedAt ? <Times of={run} /> : null}
      <RunControls run={run} />
      {connection === "lost" && isActive(run.state) ? (
        <p className="t12 second" role="status">
          The live connection is lost; reconnecting. The run continues, and this page will catch up.
        </p>
      ) : (
        <StateNote run={run} />
      )}
    </section>
  );
}
