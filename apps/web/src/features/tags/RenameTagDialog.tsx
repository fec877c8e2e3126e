"use client";
/** The dialog that renames a tag. If another tag has the new name, it says so, and merges the two on request. */
import { type FormEvent, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { TagChoicesDocument, type TagRowFragment } from "../../graphql/generated/graphql.ts";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { useUnsent } from "../drafts/useUnsent.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import styles from "./TagsPage.module.css";
import { usesOf } from "./usesOf.ts";
import { useTagChanges } from "./useTagChanges.ts";

interface RenameTagDialogProps {
  readonly tag: TagRowFragment;
  readonly open: boolean;
  onClose(): void;
  onChanged(): void;
}

const maxTagLength = 40;

export function RenameTagDialog({ open, onClose, ...form }: RenameTagDialogProps) {
  return (
    <Dialog title={`Rename the tag ${form.tag.name}`} open={open} onClose={onClose}>
      <RenameForm onClose={onClose} {...form} />
    </Dialog>
  );
}

function RenameForm({ tag, onClose, onChanged }: Omit<RenameTagDialogProps, "open">) {
  const unsent = useUnsent(`tag ${tag.id}`, { text: tag.name });
  const { text } = unsent.values;
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const { rename } = useTagChanges(onChanged);
  const name = text.trim().toLowerCase();
  const { data } = useLiveQuery({ query: TagChoicesDocument, variables: { search: name }, pause: name === "" || name === tag.name });
  const other = name === tag.name ? undefined : data?.tags.nodes.find((each) => each.name === name);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name === tag.name) return onClose();
    if (name === "") return setProblem("Give the tag a name.");
    setSaving(true);
    const reason = await rename(tag, name, other !== undefined);
    setSaving(false);
    if (reason === null) {
      unsent.sent();
      onClose();
    } else setProblem(reason);
  };
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
      <label>
        <span className="fieldLabel">Name</span>
        <input
          className="input"
          // biome-ignore lint/a11y/noAutofocus: opened by the person who wants to type
          autoFocus
          maxLength={maxTagLength}
          value={text}
          aria-invalid={problem === null ? undefined : true}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => {
            unsent.change({ text: event.target.value });
            setProblem(null);
          }}
        />
        {problem === null ? null : (
          <span className="fieldError" role="alert">
            {problem}
          </span>
        )}
      </label>
      <p className="second" role="status">
        {other === undefined
          ? `${usesOf(tag) ?? "Nothing"} ${usesOf(tag) === null ? "has this tag." : "keep it under the new name."}`
          : `There is a tag “${other.name}” already. ${usesOf(tag) ?? "Nothing"} will have it instead of “${tag.name}”, and this cannot be undone.`}
      </p>
      <RestoredNote {...unsent} />
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit" disabled={isSaving}>
          {other === undefined ? "Rename" : `Merge into ${other.name}`}
        </Button>
      </div>
    </form>
  );
}
