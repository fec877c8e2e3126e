"use client";
/** The title of a run's or experiment's page, which members rename in place: Enter saves, Escape leaves it. */
import { startTransition, useOptimistic, useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { RenameRunDocument, UpdateExperimentDocument } from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { useUndo } from "../marks/useUndo.tsx";
import { isTrackedExperiment, type Tracked } from "./subject.ts";
import styles from "./Tracking.module.css";

interface SubjectTitleProps {
  /** Shown until the subject is loaded. */
  readonly fallback: string;
  readonly subject: Tracked | null;
  readonly writable: boolean;
}

const longestName = 120;

export function SubjectTitle({ fallback, subject, writable }: SubjectTitleProps) {
  const [editing, setEditing] = useState(false);
  const [name, show] = useOptimistic(subject?.name ?? fallback);
  const [, renameRun] = useMutation(RenameRunDocument);
  const [, updateExperiment] = useMutation(UpdateExperimentDocument);
  const showUndo = useUndo();
  if (subject === null || !writable) return <h1>{name}</h1>;
  const stored = isTrackedExperiment(subject) ? subject.name : subject.givenName;
  const send = async (wanted: string): Promise<string | null> => {
    if (isTrackedExperiment(subject)) {
      const { data, error } = await updateExperiment({ input: { experimentId: subject.id, name: wanted } });
      return mutationProblem(data?.updateExperiment, error);
    }
    const { data, error } = await renameRun({ input: { runId: subject.id, name: wanted } });
    return mutationProblem(data?.renameRun, error);
  };
  const rename = (wanted: string, undoable: boolean) =>
    startTransition(async () => {
      if (wanted !== "") show(wanted);
      const problem = await send(wanted);
      if (problem !== null) toast.error(`${subject.key} was not renamed. ${problem}`);
      else if (undoable) showUndo({ title: `${subject.key} renamed.`, undo: () => rename(stored, false) });
    });
  const save = (text: string) => {
    setEditing(false);
    const wanted = text.trim();
    if (wanted === stored || (wanted === "" && isTrackedExperiment(subject))) return;
    rename(wanted, true);
  };
  if (editing)
    return (
      <input
        className={`input ${styles.titleInput}`}
        aria-label={`Name of ${subject.key}`}
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
