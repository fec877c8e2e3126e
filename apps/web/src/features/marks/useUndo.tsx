"use client";
/** A toast about a change that can be taken back: by its button, or by the keyboard as long as the toast is shown. */
import { toast } from "sonner";
import { useClient } from "urql";
import { clientState } from "../../graphql/client/clientState.ts";
import { noteOwnChange } from "./ownChanges.ts";
import { useShortcut } from "./useShortcut.ts";
import styles from "./useUndo.module.css";

interface Undoable {
  /** What happened: "labeller-6 removed." */
  readonly title: string;
  /** What else changed with it. */
  readonly note?: string | undefined;
  undo(): void;
}

const shownMilliseconds = 10_000;

interface Change {
  readonly id: string | number;
  undo(): void;
}

/** The change that the shortcut undoes. It outlives the component that made it, such as a bar or a deleted object's page. */
function createLatest() {
  let latest: Change | null = null;
  return {
    note(change: Change): void {
      latest = change;
    },
    /** Does nothing if a later change has replaced this one. */
    forget(id: Change["id"]): void {
      if (latest?.id === id) latest = null;
    },
    take(): Change | null {
      const change = latest;
      latest = null;
      return change;
    },
  };
}

const latestOf = clientState(createLatest);

/** Undoes the latest change by keyboard. Render it once per page. */
export function UndoShortcut() {
  const latest = latestOf(useClient());
  useShortcut("mod+z", () => {
    const change = latest.take();
    if (change === null) return;
    toast.dismiss(change.id);
    noteOwnChange();
    change.undo();
  });
  return null;
}

/** Returns a function that shows the toast with the undo button. The shortcut undoes only the latest change. */
export function useUndo(): (change: Undoable) => void {
  const latest = latestOf(useClient());
  return ({ title, note, undo }) => {
    const forget = () => latest.forget(id);
    const id = toast(
      <span>
        <b className={styles.title}>{title}</b> {note}
      </span>,
      {
        duration: shownMilliseconds,
        onAutoClose: forget,
        onDismiss: forget,
        classNames: { actionButton: styles.undo ?? "" },
        action: {
          label: (
            <>
              Undo <kbd aria-hidden="true">⌘Z</kbd>
            </>
          ),
          onClick: () => {
            forget();
            noteOwnChange();
            undo();
          },
        },
      },
    );
    latest.note({ id, undo });
    noteOwnChange();
  };
}
