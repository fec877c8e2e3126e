"use client";
/** The head of a run's rail, the same for every kind: state, share done, what is counted, controls, and a sentence for the state. */
import type { ReactNode } from "react";
import { useConnectionState } from "../../graphql/client/connection.ts";
import { formatDuration } from "../marks/numbers.ts";
import { ProgressTrack } from "../marks/ProgressTrack.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { RunControls } from "./RunControls.tsx";
import styles from "./RunProgress.module.css";
import type { RunOnPage } from "./runOnPage.ts";
import { isActive } from "./runStates.ts";
import { StateNote } from "./StateNote.tsx";

function timeWords(run: RunOnPage): string {
  if (run.state === "RUNNING" && typeof run.secondsLeft === "number") return `about ${formatDuration(run.secondsLeft)} left`;
  if (run.startedAt && run.endedAt) return `in ${formatDuration((Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000)}`;
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
        <span className="t12 second">{timeWords(run)}</span>
      </div>
      <RunControls run={run} />
      {connection === "lost" && isActive(run.state) ? (
        <p className="t12 second" role="status">
          The live connection is gone; trying again. The run goes on, and nothing that it does will be missed here.
        </p>
      ) : (
        <StateNote run={run} />
      )}
    </section>
  );
}
