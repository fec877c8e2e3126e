"use client";
/** Says that a text of an earlier visit was restored, and discards it on request. */
import toolButtonStyles from "../marks/ToolButton.module.css";

interface RestoredNoteProps {
  readonly isRestored: boolean;
  discard(): void;
}

export function RestoredNote({ isRestored, discard }: RestoredNoteProps) {
  if (!isRestored) return null;
  return (
    <p className="t12 muted">
      <span role="status">Restored your unsent text</span> ·{" "}
      <button type="button" className={toolButtonStyles.toolButton} onClick={discard}>
        Discard
      </button>
    </p>
  );
}
