"use client";
/**
 * The button in a list that moves a run or an experiment to the trash at once. A running one is confirmed first, since cancelling cannot be
 * undone.
 */
import { useState } from "react";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { Permitted } from "../permissions/Permitted.tsx";
import { type TrashSubject, useTrash } from "./useTrash.ts";

interface TrashRowButtonProps {
  readonly noun: "run" | "experiment";
  readonly subject: TrashSubject;
  readonly running: boolean;
}

export function TrashRowButton({ noun, subject, running }: TrashRowButtonProps) {
  const [open, setOpen] = useState(false);
  const { trash } = useTrash(noun);
  return (
    <>
      <Permitted needs={noun === "run" ? "trashRuns" : "trashExperiments"}>
        <button
          type="button"
          className={toolButtonStyles.toolButton}
          aria-label={`Move to trash: ${subject.key}`}
          onClick={() => (running ? setOpen(true) : void trash([subject]))}
        >
          Trash
        </button>
      </Permitted>
      <Dialog title={`Move ${subject.key} to the trash`} open={open} onClose={() => setOpen(false)}>
        <p className="second">
          {noun === "run" ? "It is" : "At least one of its runs is"} running. Running runs will be cancelled, and restoring them does not
          resume them.
        </p>
        <div className={dialogStyles.dialogActions}>
          <Button onClick={() => setOpen(false)}>Keep it</Button>
          <Button
            look="primary"
            onClick={() => {
              setOpen(false);
              void trash([subject]);
            }}
          >
            Move to trash
          </Button>
        </div>
      </Dialog>
    </>
  );
}
