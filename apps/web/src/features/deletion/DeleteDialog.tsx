"use client";
/** A dialog that confirms a permanent deletion and lists everything that is deleted with it. */
import type { ReactNode } from "react";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import styles from "./DeleteDialog.module.css";

interface DeleteDialogProps {
  /** The name of the object to delete, such as "RUN-7". */
  readonly name: string;
  readonly open: boolean;
  /** Everything that will be deleted; null while it is counted. */
  readonly losses: readonly string[] | null;
  /** Further notes, such as what is kept. */
  readonly children?: ReactNode;
  readonly busy: boolean;
  /** Why the deletion failed. */
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
            Counting the data to delete
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
