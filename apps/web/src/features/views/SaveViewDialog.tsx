"use client";
/** The dialog that names a view, when it is saved or renamed, and says who sees it. */
import { useState } from "react";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { useUnsent } from "../drafts/useUnsent.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import styles from "./Views.module.css";

const maxNameLength = 80;

interface SaveViewDialogProps {
  readonly title: string;
  readonly open: boolean;
  readonly name: string;
  readonly shared: boolean;
  onClose(): void;
  /** Resolves to why it was not saved; null if it was. */
  onSave(name: string, shared: boolean): Promise<string | null>;
}

export function SaveViewDialog({ title, open, onClose, ...form }: SaveViewDialogProps) {
  return (
    <Dialog title={title} open={open} onClose={onClose}>
      <ViewForm onClose={onClose} {...form} />
    </Dialog>
  );
}

function ViewForm({ name: given, shared: isShared, onClose, onSave }: Omit<SaveViewDialogProps, "title" | "open">) {
  const unsent = useUnsent(`view ${given}`, { name: given, shared: isShared });
  const { name, shared } = unsent.values;
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const save = async () => {
    if (name.trim() === "") {
      setProblem("Give the view a name.");
      return;
    }
    setSaving(true);
    const reason = await onSave(name.trim(), shared);
    setSaving(false);
    if (reason === null) {
      unsent.sent();
      onClose();
    } else setProblem(reason);
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label>
        <span className="fieldLabel">Name</span>
        <input
          className="input"
          // biome-ignore lint/a11y/noAutofocus: opened by the person who wants to type
          autoFocus
          maxLength={maxNameLength}
          placeholder="Paper, CPPN"
          aria-invalid={problem === null ? undefined : true}
          value={name}
          onChange={(event) => unsent.change({ name: event.target.value })}
        />
        {problem === null ? null : (
          <span className="fieldError" role="alert">
            {problem}
          </span>
        )}
      </label>
      <label className={styles.check}>
        <input type="checkbox" checked={shared} onChange={(event) => unsent.change({ shared: event.target.checked })} />
        <span>
          Shared with the workspace
          <span className="t12 muted">All members see it. Only you and owners change it.</span>
        </span>
      </label>
      <RestoredNote {...unsent} />
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit" disabled={isSaving}>
          Save
        </Button>
      </div>
    </form>
  );
}
