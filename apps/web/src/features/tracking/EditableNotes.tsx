"use client";
/** Notes in Markdown that members edit in place. A change of another member is not overwritten: the draft stays and both are shown. */
import { startTransition, useOptimistic, useState } from "react";
import { useClient } from "urql";
import { Markdown } from "../markdown/Markdown.tsx";
import { Button } from "../marks/Button.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { useUndo } from "../marks/useUndo.tsx";
import { draftsOf } from "./drafts.ts";
import { MarkdownEditor } from "./MarkdownEditor.tsx";
import styles from "./Tracking.module.css";

interface EditableNotesProps {
  readonly subject: { readonly id: string; readonly key: string; readonly notes: string };
  readonly writable: boolean;
  readonly placeholder: string;
  /** Resolves to why they were not saved; null if they were. */
  send(text: string, previousNotes: string): Promise<string | null>;
}

export function EditableNotes({ subject, writable, placeholder, send }: EditableNotesProps) {
  const drafts = draftsOf(useClient());
  const draftKey = `notes ${subject.id}`;
  const [draft, setDraft] = useState<string | null>(() => drafts.get(draftKey) ?? null);
  const [editing, setEditing] = useState(false);
  /** The notes that the draft changes. */
  const [base, setBase] = useState(subject.notes);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [notes, show] = useOptimistic(subject.notes);
  const showUndo = useUndo();
  const keep = (text: string | null) => {
    setDraft(text);
    if (text === null) drafts.delete(draftKey);
    else drafts.set(draftKey, text);
  };
  const open = () => {
    if (draft === null) setBase(subject.notes);
    setProblem(null);
    setEditing(true);
  };
  const save = () =>
    startTransition(async () => {
      const text = (draft ?? base).trim();
      const before = base;
      setSaving(true);
      show(text);
      const refusal = await send(text, before);
      setSaving(false);
      setProblem(refusal);
      if (refusal !== null) return;
      keep(null);
      setEditing(false);
      if (text !== before)
        showUndo({
          title: `Notes of ${subject.key} saved.`,
          undo: () => void send(before, text).then((failure) => (failure === null ? undefined : setProblem(failure))),
        });
    });
  const changedMeanwhile = editing && subject.notes !== base && !saving;
  return (
    <section aria-labelledby="notes" className={styles.section}>
      <div className="sectionHead">
        <h2 id="notes">Notes</h2>
        {writable && !editing && (notes !== "" || draft !== null) ? (
          <button type="button" className={toolButtonStyles.toolButton} onClick={open}>
            {draft === null ? "Edit" : "Continue the draft"}
          </button>
        ) : null}
      </div>
      {editing ? (
        <>
          <MarkdownEditor
            label={`Notes of ${subject.key}`}
            text={draft ?? base}
            rows={8}
            placeholder={placeholder}
            saveLabel="Save"
            saving={saving}
            problem={problem}
            autoFocus
            mayBeEmpty
            extra={
              draft !== null && draft !== base ? (
                <Button
                  look="quiet"
                  onClick={() => {
                    keep(null);
                    setEditing(false);
                  }}
                >
                  Discard
                </Button>
              ) : null
            }
            onChange={keep}
            onSave={save}
            onLeave={() => {
              if (draft === base) keep(null);
              setEditing(false);
            }}
          />
          {changedMeanwhile ? (
            <div className={styles.meanwhile}>
              <p className="t12 muted">Another member has changed the notes. They are now:</p>
              <Markdown text={subject.notes} />
              <Button onClick={() => setBase(subject.notes)}>Overwrite with my draft</Button>
            </div>
          ) : null}
        </>
      ) : notes === "" ? (
        writable && draft === null ? (
          <Button onClick={open}>Add notes</Button>
        ) : (
          <p className="muted">{draft === null ? "No notes." : "Your draft is not saved."}</p>
        )
      ) : (
        <Markdown text={notes} />
      )}
    </section>
  );
}
