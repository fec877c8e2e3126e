"use client";
/** A run's buttons with their keyboard shortcuts. Cancel needs a confirmation, since it cannot be undone. */
import { useState } from "react";
import { LockButton } from "../locks/LockButton.tsx";
import { lockRefusal } from "../locks/lockRefusal.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { formatCount } from "../marks/numbers.ts";
import { useShortcut } from "../marks/useShortcut.ts";
import { usePermissions } from "../permissions/usePermissions.ts";
import { TrashButton } from "../trash/TrashButton.tsx";
import styles from "./RunControls.module.css";
import type { RunOnPage } from "./runOnPage.ts";
import { canCancel, canPause, canResume, isPausedByOutage } from "./runStates.ts";
import { useRunControls } from "./useRunControls.ts";

function cancelText(run: RunOnPage): string {
  if (run.savedAt === null || run.savedAt === undefined) return "The run has not stored anything yet, so nothing is lost.";
  if (run.__typename !== "EvolutionRun") return "The run stops and cannot be resumed. Its stored images and statistics are kept.";
  return `The run stops after generation ${formatCount(run.generation ?? 0)} of ${formatCount(run.generations)} and cannot be resumed. Its elites, images and curves are kept.`;
}

export function RunControls({ run }: { run: RunOnPage }) {
  const { pendingAction, perform } = useRunControls(run.id);
  const { may } = usePermissions();
  const locked = lockRefusal(run.key, run.lock);
  const [confirming, setConfirming] = useState(false);
  const pausing = pendingAction === "pause" || (run.control === "PAUSE" && run.state === "RUNNING");
  const cancelling = pendingAction === "cancel" || (run.control === "CANCEL" && run.state === "RUNNING");
  const busy = pendingAction !== null || pausing || cancelling;
  const waiting = isPausedByOutage(run);
  const mayPause = (canPause(run.state) || waiting) && !busy;
  const mayResume = canResume(run.state) && !busy;
  const mayCancel = canCancel(run.state) && !cancelling;
  useShortcut("p", () => perform(mayPause ? "pause" : "resume"), {
    enabled: (mayPause && may("pauseRun")) || (mayResume && may("resumeRun")),
  });
  useShortcut("x", () => setConfirming(true), { enabled: mayCancel && locked === null && may("cancelRun") });
  return (
    <>
      <div className={styles.runControls}>
        {canResume(run.state) ? (
          <Button
            look="primary"
            needs="resumeRun"
            {...(waiting ? {} : { shortcut: "P" })}
            disabled={!mayResume}
            onClick={() => perform("resume")}
          >
            {pendingAction === "resume" ? "Resuming" : waiting ? "Try now" : "Resume"}
          </Button>
        ) : null}
        {canPause(run.state) || waiting ? (
          <Button needs="pauseRun" shortcut="P" disabled={!mayPause} onClick={() => perform("pause")}>
            {pausing ? "Pausing" : "Pause"}
          </Button>
        ) : null}
        {canCancel(run.state) ? (
          <Button needs="cancelRun" refusal={locked} disabled={!mayCancel} onClick={() => setConfirming(true)}>
            {cancelling ? "Cancelling" : "Cancel"}
          </Button>
        ) : null}
        <LockButton noun="run" subject={run} lock={run.lock} />
        <TrashButton noun="run" subject={run} page={`/runs/${run.key}`} next={`/experiments/${run.experiment.key}`} refusal={locked} />
      </div>
      <Dialog title={`Cancel ${run.key}`} open={confirming} onClose={() => setConfirming(false)}>
        <p className="second">{cancelText(run)}</p>
        <div className={dialogStyles.dialogActions}>
          <Button onClick={() => setConfirming(false)}>Keep it</Button>
          <Button
            look="primary"
            onClick={() => {
              setConfirming(false);
              perform("cancel");
            }}
          >
            Cancel the run
          </Button>
        </div>
      </Dialog>
    </>
  );
}
