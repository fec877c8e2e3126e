"use client";
/** Shows a value that someone else has stored beside the person's own, and lets the person choose. Closing it changes nothing. */
import { useSyncExternalStore } from "react";
import { useClient } from "urql";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import styles from "./ConflictDialog.module.css";
import { conflictsOf } from "./openConflict.ts";

const shown = (text: string) => (text === "" ? <i className="muted">empty</i> : text);

export function ConflictDialog() {
  const conflicts = conflictsOf(useClient());
  const conflict = useSyncExternalStore(conflicts.onChange, conflicts.first, () => null);
  if (conflict === null) return null;
  const { what, present, wanted, changedByName, changedAt, choose } = conflict;
  return (
    <Dialog title={`${what} has changed`} open onClose={() => choose(false)}>
      <p className="second">
        {changedByName ?? "Someone else"} changed it{" "}
        {changedAt === null ? null : (
          <>
            <RelativeTime time={changedAt} />,{" "}
          </>
        )}
        since you last saw it. Yours is not saved.
      </p>
      <dl className={styles.both}>
        <dt>Stored now</dt>
        <dd>{shown(present)}</dd>
        <dt>Yours</dt>
        <dd>{shown(wanted)}</dd>
      </dl>
      <div className={dialogStyles.dialogActions}>
        <Button onClick={() => choose(false)}>Keep what is stored</Button>
        <Button look="primary" onClick={() => choose(true)}>
          Replace it with yours
        </Button>
      </div>
    </Dialog>
  );
}
