"use client";
/** The buttons of a run, with their keys. Cancel and Delete ask first, since neither can be undone. */
import { canDelete } from "@pareidolia/core/runState";
import { useState } from "react";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { formatCount } from "../marks/numbers.ts";
import { useShortcut } from "../marks/useShortcut.ts";
import { DeleteRun } from "./DeleteRun.tsx";
import styles from "./RunControls.module.css";
import type { RunOnPage } from "./runOnPage.ts";
import { canCancel, canPause, canResume, isWaitingOut } from "./runStates.ts";
import { useRunControls } from "./useRunControls.ts";

function cancelWords(run: RunOnPage): string {
  if (run.savedAt === null || run.savedAt === undefined) return "It has stored nothing yet; nothing is lost.";
  if (run.__typename !== "EvolutionRun")
    return "It stops where it is and cannot be resumed. The images and figures that it has stored stay.";
  return `It stops after generation ${formatCount(run.generation ?? 0)} of ${formatCount(run.generations)} and cannot be resumed. Its elites, images and curves are kept.`;
}

export function RunControls({ run }: { run: RunOnPage }) {
  const { wish, ask } = useRunControls(run.id);
  const [asking, setAsking] = useState(false);
  const pausing = wish === "pause" || (run.control === "PAUSE" && run.state === "RUNNING");
  const cancelling = wish === "cancel" || (run.control === "CANCEL" && run.state === "RUNNING");
  const busy = wish !== null || pausing || cancelling;
  const waiting = isWaitingOut(run);
  const mayPause = (canPause(run.state) || waiting) && !busy;
  const mayResume = canResume(run.state) && !busy;
  const mayCancel = canCancel(run.state) && !cancelling;
  useShortcut("p", () => ask(mayPause ? "pause" : "resume"), { enabled: mayPause || mayResume });
  useShortcut("x", () => setAsking(true), { enabled: mayCancel });
  if (!canPause(run.state) && !canResume(run.state) && !canCancel(run.state) && !canDelete(run.state)) return null;
  return (
    <>
      <div className={styles.runControls}>
        {canResume(run.state) ? (
          <Button look="primary" {...(waiting ? {} : { shortcut: "P" })} disabled={!mayResume} onClick={() => ask("resume")}>
            {wish === "resume" ? "Resuming" : waiting ? "Try now" : "Resume"}
          </Button>
        ) : null}
        {canPause(run.state) || waiting ? (
          <Button shortcut="P" disabled={!mayPause} onClick={() => ask("pause")}>
            {pausing ? "Pausing" : "Pause"}
          </Button>
        ) : null}
        {canCancel(run.state) ? (
          <Button disabled={!mayCancel} onClick={() => setAsking(true)}>
            {cancelling ? "Cancelling" : "Cancel"}
          </Button>
        ) : null}
        {canDelete(run.state) ? <DeleteRun run={run} /> : null}
      </div>
      <Dialog title={`Cancel ${run.key}`} open={asking} onClose={() => setAsking(false)}>
        <p className="second">{cancelWords(run)}</p>
        <div className={dialogStyles.dialogActions}>
          <Button onClick={() => setAsking(false)}>Keep it</Button>
          <Button
            look="primary"
            onClick={() => {
              setAsking(false);
              ask("cancel");
            }}
          >
            Cancel the run
          </Button>
        </div>
      </Dialog>
    </>
  );
}
