"use client";
/** Asks once before something is deleted for good, and says what will be lost. */
import type { ReactNode } from "react";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import styles from "./DeleteDialog.module.css";

interface DeleteDialogProps {
  /** What is deleted, such as "RUN-7". */
  readonly name: string;
  readonly open: boolean;
  /** What will be lost; null while it is being counted. */
  readonly losses: readonly string[] | null;
  /** What is kept, or other notes. */
  readonly children?: ReactNode;
  readonly busy: boolean;
  /** Why it was not deleted. */
  readonly problem: string | null;
  onDelete(): void;
  onClose(): void;
}

export function DeleteDialog({ name, open, losses, children, busy, problem, onDelete, onClose }: DeleteDialogProps) {
  return (
    <Dialog title={`Delete ${name}`} open={open} onClose={onClose}>
      {losses === null ? (
        problem === null ? (
          <p className="second" role="status">
            Counting what will be lost
          </p>
        ) : null
      ) : (
        <>
          <p className="second">This cannot be undone. It permanently deletes:</p>
          <ul className={styles.losses}>
            {losses.map((loss) => (
              <li key={loss}>{loss}</li>
            ))}
          </ul>
        </>
      )}
      {children}
      {problem === null ? null : (
        <p className="fieldError" role="alert">
          {problem}
        </p>
      )}
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Keep it</Button>
        <Button look="primary" disabled={busy || losses === null} onClick={onDelete}>
          {busy ? "Deleting" : "Delete"}
        </Button>
      </div>
    </Dialog>
  );
}
