"use client";
/** Edits the tags of all selected rows. Its changes show at once, and are taken back if they fail. */
import floatStyles from "../marks/Float.module.css";
import { useUnanswered } from "../marks/useUnanswered.ts";
import { TagEditor } from "../tags/TagEditor.tsx";
import { type TagChange, useTagging } from "../tags/useTagging.ts";
import styles from "./Bulk.module.css";
import { type SharedTag, tagsOfAll } from "./tagsOfAll.ts";

interface TagPopoverProps {
  readonly subject: "Run" | "Experiment";
  readonly rows: readonly { readonly id: string; readonly tags: readonly { readonly name: string }[] }[];
  /** The rows in words, such as "3 runs". */
  readonly what: string;
  onChanged(): void;
  onClose(): void;
}

export function TagPopover({ subject, rows, what, onChanged, onClose }: TagPopoverProps) {
  const tag = useTagging(subject);
  const [tags, show] = useUnanswered(tagsOfAll(rows), (current: readonly SharedTag[], { add = [], remove = [] }: TagChange) => [
    ...current.filter(({ name }) => !remove.includes(name) && !add.includes(name)),
    ...add.map((name) => ({ name, partial: false })),
  ]);
  const change = async (edit: TagChange) => {
    const ids = rows.map(({ id }) => id);
    await show(edit, tag(ids, edit, what));
    onChanged();
  };
  return (
    <div className={`${floatStyles.float} ${styles.popover}`}>
      <p className="t12 muted">Tags of {what}. Dashed ones are on some of them.</p>
      <TagEditor
        tags={tags}
        autoFocus
        above
        onAdd={(name) => void change({ add: [name] })}
        onRemove={(name) => void change({ remove: [name] })}
        onClose={onClose}
      />
    </div>
  );
}
