"use client";
/** A tag with its counts, which lead to what has it, and the dialogs that rename, merge and delete it. */
import { useState } from "react";
import type { TagRowFragment } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { Permitted } from "../permissions/Permitted.tsx";
import tableStyles from "../settings/SettingsTable.module.css";
import { RenameTagDialog } from "./RenameTagDialog.tsx";
import { Tag } from "./Tag.tsx";
import { usesOf } from "./usesOf.ts";
import { useTagChanges } from "./useTagChanges.ts";

interface TagRowProps {
  readonly tag: TagRowFragment;
  onChanged(): void;
}

/** A search for the tag, in every state of the archive. */
const searchOf = (name: string) => encodeURIComponent(`tag = "${name.replaceAll('"', '\\"')}" AND (archived = true OR archived = false)`);

export function TagRow({ tag, onChanged }: TagRowProps) {
  const [open, setOpen] = useState<"rename" | "delete" | null>(null);
  const { remove } = useTagChanges(onChanged);
  const { name, runCount, experimentCount } = tag;
  return (
    <tr>
      <td className={tableStyles.name}>
        <Tag name={name} />
      </td>
      <td className="right n">
        {runCount === 0 ? (
          <span className="muted">0</span>
        ) : (
          <Link className="link" href={`/runs?q=${searchOf(name)}`} aria-label={`${runCount} runs with the tag ${name}`}>
            {formatCount(runCount)}
          </Link>
        )}
      </td>
      <td className="right n">{experimentCount === 0 ? <span className="muted">0</span> : formatCount(experimentCount)}</td>
      <td className={tableStyles.actions}>
        <Permitted needs="renameTag">
          <button type="button" className={tableStyles.action} aria-label={`Rename ${name}`} onClick={() => setOpen("rename")}>
            Rename
          </button>
        </Permitted>
        <Permitted needs="deleteTag">
          <button type="button" className={tableStyles.action} aria-label={`Delete ${name}`} onClick={() => setOpen("delete")}>
            Delete
          </button>
        </Permitted>
        <RenameTagDialog tag={tag} open={open === "rename"} onClose={() => setOpen(null)} onChanged={onChanged} />
        <Dialog title={`Delete the tag ${name}`} open={open === "delete"} onClose={() => setOpen(null)}>
          <p className="second">
            {usesOf(tag) === null
              ? "Nothing has this tag."
              : `${usesOf(tag)} lose it and stay as they are otherwise. This cannot be undone.`}
          </p>
          <div className={dialogStyles.dialogActions}>
            <Button onClick={() => setOpen(null)}>Keep it</Button>
            <Button look="primary" onClick={() => void remove(tag).then(() => setOpen(null))}>
              Delete
            </Button>
          </div>
        </Dialog>
      </td>
    </tr>
  );
}
