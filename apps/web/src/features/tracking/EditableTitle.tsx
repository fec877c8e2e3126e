"use client";
/** The title of a page, which members change in place: Enter saves, Escape leaves it. */
import { startTransition, useOptimistic, useState } from "react";
import { toast } from "sonner";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { useUndo } from "../marks/useUndo.tsx";
import styles from "./Tracking.module.css";

interface EditableTitleProps {
  /** Key of what has the title, such as RUN-142. */
  readonly subjectKey: string;
  /** As shown. */
  readonly title: string;
  /** As members have written it; empty if the shown title is composed. */
  readonly stored: string;
  /** Whether the title may be removed, so that it is composed again. */
  readonly mayBeEmpty: boolean;
  /** Resolves to why it was not saved; null if it was. */
  send(title: string): Promise<string | null>;
}

const longestName = 120;

export function EditableTitle({ subjectKey, title, stored, mayBeEmpty, send }: EditableTitleProps) {
  const [editing, setEditing] = useState(false);
  const [name, show] = useOptimistic(title);
  const showUndo = useUndo();
  const rename = (wanted: string, undoable: boolean) =>
    startTransition(async () => {
      if (wanted !== "") show(wanted);
      const problem = await send(wanted);
      if (problem !== null) toast.error(`${subjectKey} was not renamed. ${problem}`);
      else if (undoable) showUndo({ title: `${subjectKey} renamed.`, undo: () => rename(stored, false) });
    });
  const save = (text: string) => {
    setEditing(false);
    const wanted = text.trim();
    if (wanted === stored || (wanted === "" && !mayBeEmpty)) return;
    rename(wanted, true);
  };
  if (editing)
    return (
      <input
        className={`input ${styles.titleInput}`}
        aria-label={`Name of ${subjectKey}`}
        // biome-ignore lint/a11y/noAutofocus: opened by the person who wants to type
        autoFocus
        maxLength={longestName}
        defaultValue={stored}
        placeholder={name}
        onFocus={(event) => event.target.select()}
        onBlur={(event) => save(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") save(event.currentTarget.value);
          else if (event.key === "Escape") {
            // Leaving the field saves, unless it has the stored text.
            event.currentTarget.value = stored;
            setEditing(false);
          } else return;
          event.preventDefault();
        }}
      />
    );
  return (
    <div className={styles.title}>
      <h1>{name}</h1>
      <button type="button" className={toolButtonStyles.toolButton} onClick={() => setEditing(true)}>
        Rename
      </button>
    </div>
  );
}
