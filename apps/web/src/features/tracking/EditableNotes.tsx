"use client";
/** Notes in Markdown that members edit in place. A change of another member is not overwritten: the draft stays and both are shown. */
import { useState } from "react";
import { toast } from "sonner";
import { problemOf, type ReplacementOutcome } from "../conflicts/useReplacement.ts";
import type { DraftOwner } from "../drafts/draftStore.ts";
import { useDraft } from "../drafts/useDraft.ts";
import { Markdown } from "../markdown/Markdown.tsx";
import { Button } from "../marks/Button.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { useUnanswered } from "../marks/useUnanswered.ts";
import { useUndo } from "../marks/useUndo.tsx";
import { MarkdownEditor } from "./MarkdownEditor.tsx";
import styles from "./Tracking.module.css";

interface EditableNotesProps {
  readonly subject: { readonly id: string; readonly key: string; readonly notes: string };
  /** Whose draft is kept. */
  readonly owner: DraftOwner;
  readonly writable: boolean;
  readonly placeholder: string;
  send(text: string, previous: string): Promise<ReplacementOutcome<{ readonly notes: string }>>;
}

export function EditableNotes({ subject, owner, writable, placeholder, send }: EditableNotesProps) {
  const { draft, isRestored, keep, drop, settle } = useDraft(owner, `notes ${subject.id}`, subject.notes);
  const [editing, setEditing] = useState(writable && isRestored);
  /** Whether the user opened the editor, which then takes the focus; a restored draft opens it, too. */
  const [opened, setOpened] = useState(false);
  /** The notes that the draft changes. */
  const base = draft?.base ?? subject.notes;
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [notes, show] = useUnanswered(subject.notes);
  const showUndo = useUndo();
  const open = () => {
    setProblem(null);
    setOpened(true);
    setEditing(true);
  };
  const discard = () => {
    drop();
    setEditing(false);
  };
  const undo = async (text: string, before: string) => {
    const failure = problemOf(await send(before, text));
    if (failure !== null) toast.error(`The notes of ${subject.key} were not changed back. ${failure}`);
  };
  /** @param before the notes to replace; others that were saved meanwhile are kept. */
  const save = async (before: string) => {
    const text = (draft?.text ?? before).trim();
    if (draft !== null && draft.base !== before) keep({ ...draft, base: before });
    setSaving(true);
    const outcome = await show(text, send(text, before));
    setSaving(false);
    setProblem(problemOf(outcome));
    if (outcome.kind !== "saved") return;
    if (settle(draft, text)) setEditing(false);
    const { notes: replaced } = outcome.replaced;
    if (text !== replaced) showUndo({ title: `Notes of ${subject.key} saved.`, undo: () => void undo(text, replaced) });
  };
  const changedMeanwhile = draft !== null && draft.text !== subject.notes && subject.notes !== base && !saving;
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
            text={draft?.text ?? base}
            rows={8}
            placeholder={placeholder}
            saveLabel="Save"
            saving={saving}
            problem={changedMeanwhile ? null : problem}
            blocked={changedMeanwhile}
            autoFocus={opened}
            mayBeEmpty
            extra={
              draft !== null && draft.text !== base && !isRestored && !changedMeanwhile ? (
                <Button look="quiet" onClick={discard}>
                  Discard
                </Button>
              ) : null
            }
            onDiscardRestored={isRestored && !changedMeanwhile ? discard : null}
            onChange={(text) => keep({ text, base })}
            onSave={() => void save(base)}
            onLeave={() => {
              if (draft?.text === base) drop();
              setEditing(false);
            }}
          />
          {changedMeanwhile ? (
            <div className={styles.meanwhile}>
              <p role="alert">
                <b>These notes have changed since you started.</b> Another member saved them, or you did in another tab. Your draft above is
                not saved.
              </p>
              <h3>Saved notes</h3>
              {subject.notes === "" ? <p className="muted">Empty.</p> : <Markdown text={subject.notes} />}
              <div className={styles.editorActions}>
                <Button onClick={() => void save(subject.notes)}>Replace them with my draft</Button>
                <Button look="quiet" onClick={discard}>
                  Keep them, discard my draft
                </Button>
              </div>
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
