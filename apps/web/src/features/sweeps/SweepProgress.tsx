"use client";
/** The top of a sweep's side panel: state, progress and controls. Cancel needs a confirmation, since it cannot be undone. */
import { useState } from "react";
import { lockRefusal } from "../locks/lockRefusal.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { formatCount, formatDuration } from "../marks/numbers.ts";
import { ProgressTrack } from "../marks/ProgressTrack.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { Times } from "../marks/Times.tsx";
import { useShortcut } from "../marks/useShortcut.ts";
import { usePermissions } from "../permissions/usePermissions.ts";
import runControlStyles from "../run/RunControls.module.css";
import runProgressStyles from "../run/RunProgress.module.css";
import { countEnded, isActiveSweep, type SweepOnPage } from "./sweepOnPage.ts";
import { useSweepControls } from "./useSweepControls.ts";

function timeText({ state, results }: SweepOnPage): string {
  return state === "RUNNING" && typeof results.secondsLeft === "number" ? `about ${formatDuration(results.secondsLeft)} left` : "";
}

/** What cancelling does to the runs that have not ended. */
function cancelText({ running, queued, paused }: SweepOnPage["progress"]): string {
  const waiting = queued + paused;
  const parts = [
    running > 0 ? `The ${formatCount(running)} running ${running === 1 ? "run stops" : "runs stop"} at the next checkpoint` : "",
    waiting > 0 ? `${formatCount(waiting)} never ${waiting === 1 ? "starts or continues" : "start or continue"}` : "",
  ].filter((part) => part !== "");
  return `Cancel keeps everything that has ended. ${parts.join(", ")}.`;
}

export function SweepProgress({ sweep }: { readonly sweep: SweepOnPage }) {
  const { progress, results, state, runCount } = sweep;
  const { pending, perform } = useSweepControls(sweep.id);
  const { may } = usePermissions();
  const [confirming, setConfirming] = useState(false);
  const share =
    runCount === 0 ? 0 : results.points.reduce((sum, { runs }) => sum + runs.reduce((own, run) => own + doneShare(run), 0), 0) / runCount;
  const toggle = state === "PAUSED" ? "resume" : "pause";
  const isActive = isActiveSweep(state);
  const locked = lockRefusal(sweep.experiment.key, sweep.experiment.lock);
  useShortcut("p", () => perform(toggle), {
    enabled: isActive && pending === null && may(state === "PAUSED" ? "resumeSweep" : "pauseSweep"),
  });
  useShortcut("x", () => setConfirming(true), { enabled: isActive && pending === null && locked === null && may("cancelSweep") });
  return (
    <section className={runProgressStyles.runProgress}>
      <div className={runProgressStyles.runState}>
        <StateGlyph state={state} />
        <span className="n12 muted">{Math.floor(share * 100)}%</span>
      </div>
      <ProgressTrack share={share} label="Work done" />
      <div className={runProgressStyles.runGeneration}>
        <div>
          <span className="n20">{formatCount(countEnded(progress))}</span> <span className="second">/ {formatCount(runCount)} runs</span>
        </div>
        <span className="t12 second">{timeText(sweep)}</span>
      </div>
      {typeof progress.elapsedSeconds === "number" ? <Times of={progress} /> : null}
      {isActive ? (
        <>
          <div className={runControlStyles.runControls}>
            <Button
              needs={state === "PAUSED" ? "resumeSweep" : "pauseSweep"}
              shortcut="P"
              look={state === "PAUSED" ? "primary" : "plain"}
              disabled={pending !== null}
              onClick={() => perform(toggle)}
            >
              {pending === "pause" ? "Pausing" : pending === "resume" ? "Resuming" : state === "PAUSED" ? "Resume" : "Pause"}
            </Button>
            <Button needs="cancelSweep" refusal={locked} disabled={pending !== null} onClick={() => setConfirming(true)}>
              {pending === "cancel" ? "Cancelling" : "Cancel"}
            </Button>
          </div>
          <p className="t12 second" role="status">
            {state === "PAUSED" ? sweep.reason : cancelText(progress)}
            {state === "PAUSED" && progress.running > 0 ? ` ${formatCount(progress.running)} running until the next checkpoint.` : ""}
          </p>
        </>
      ) : (
        <p className="t12 second">{sweep.reason}</p>
      )}
      <Dialog title={`Cancel ${sweep.key}`} open={confirming} onClose={() => setConfirming(false)}>
        <p className="second">{cancelText(progress)} A cancelled sweep cannot be resumed.</p>
        <div className={dialogStyles.dialogActions}>
          <Button onClick={() => setConfirming(false)}>Keep it</Button>
          <Button
            look="primary"
            onClick={() => {
              setConfirming(false);
              perform("cancel");
            }}
          >
            Cancel the sweep
          </Button>
        </div>
      </Dialog>
    </section>
  );
}

/** A run that has ended counts in full, however it ended. */
function doneShare({ state, progress }: { readonly state: string; readonly progress: number }): number {
  return state === "QUEUED" || state === "RUNNING" || state === "PAUSED" ? progress : 1;
}
