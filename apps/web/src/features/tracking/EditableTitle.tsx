"use client";
/** The title of a page, which members change in place: Enter saves, Escape leaves it. */
import { maxNameLength } from "@pareidolia/core/maxNameLength";
import { useState } from "react";
import { toast } from "sonner";
import { problemOf, type ReplacementOutcome } from "../conflicts/useReplacement.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { useUnanswered } from "../marks/useUnanswered.ts";
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
  /** @param previous the title that the person has seen */
  send(title: string, previous: string): Promise<ReplacementOutcome<object>>;
}

export function EditableTitle({ subjectKey, title, stored, mayBeEmpty, send }: EditableTitleProps) {
  const [editing, setEditing] = useState(false);
  /** The title when the field was opened, whatever others have stored since. */
  const [seen, setSeen] = useState(stored);
  const [name, show] = useUnanswered(title);
  const showUndo = useUndo();
  const rename = async (wanted: string, previous: string) => {
    const answer = send(wanted, previous);
    const outcome = await (wanted === "" ? answer : show(wanted, answer));
    if (outcome.kind === "failed") toast.error(`${subjectKey} was not renamed. ${outcome.problem}`);
    if (outcome.kind !== "saved") return;
    const [replaced = previous] = Object.values(outcome.replaced) as string[];
    showUndo({ title: `${subjectKey} renamed.`, undo: () => void renameBack(replaced, wanted) });
  };
  /** Asks before it replaces a name that another member has given meanwhile. */
  const renameBack = async (to: string, from: string) => {
    const problem = problemOf(await send(to, from));
    if (problem !== null) toast.error(`${subjectKey} was not renamed back. ${problem}`);
  };
  const save = (text: string) => {
    setEditing(false);
    const wanted = text.trim();
    if (wanted === seen || (wanted === "" && !mayBeEmpty)) return;
    void rename(wanted, seen);
  };
  if (editing)
    return (
      <input
        className={`input ${styles.titleInput}`}
        aria-label={`Name of ${subjectKey}`}
        // biome-ignore lint/a11y/noAutofocus: opened by the person who wants to type
        autoFocus
        maxLength={maxNameLength}
        defaultValue={seen}
        placeholder={name}
        onFocus={(event) => event.target.select()}
        onBlur={(event) => save(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") save(event.currentTarget.value);
          else if (event.key === "Escape") {
            // Leaving the field saves, unless it has the stored text.
            event.currentTarget.value = seen;
            setEditing(false);
          } else return;
          event.preventDefault();
        }}
      />
    );
  return (
    <div className={styles.title}>
      <h1>{name}</h1>
      <button
        type="button"
        className={toolButtonStyles.toolButton}
        onClick={() => {
          setSeen(stored);
          setEditing(true);
        }}
      >
        Rename
      </button>
    </div>
  );
}
