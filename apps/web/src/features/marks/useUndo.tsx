"use client";
/** A toast about a change that can be taken back: by its button, or by the keyboard as long as the toast is shown, the latest change first. */
import { toast } from "sonner";
import { useClient } from "urql";
import { clientState } from "../../graphql/client/clientState.ts";
import { Keys } from "./Keys.tsx";
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

/** The changes whose toasts are shown. They outlive the components that made them, such as a bar or a deleted object's page. */
function createShown() {
  let shown: readonly Change[] = [];
  return {
    note(change: Change): void {
      shown = [...shown, change];
    },
    forget(id: Change["id"]): void {
      shown = shown.filter((change) => change.id !== id);
    },
    /** The latest. */
    take(): Change | null {
      const change = shown.at(-1) ?? null;
      shown = shown.slice(0, -1);
      return change;
    },
  };
}

const shownOf = clientState(createShown);

/** Undoes the latest change by keyboard. Render it once per page. */
export function UndoShortcut() {
  const shown = shownOf(useClient());
  useShortcut("mod+z", () => {
    const change = shown.take();
    if (change === null) return;
    toast.dismiss(change.id);
    noteOwnChange();
    change.undo();
  });
  return null;
}

/** Returns a function that shows the toast with the undo button. */
export function useUndo(): (change: Undoable) => void {
  const shown = shownOf(useClient());
  return ({ title, note, undo }) => {
    const forget = () => shown.forget(id);
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
              Undo <Keys shortcut="mod+Z" aria-hidden="true" />
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
    shown.note({ id, undo });
    noteOwnChange();
  };
}
