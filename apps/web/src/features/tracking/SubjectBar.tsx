"use client";
/** Below the title of a run's or experiment's page: its tags, and to whom it is assigned. */
import { useRef, useState } from "react";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { useShortcut } from "../marks/useShortcut.ts";
import { useUnanswered } from "../marks/useUnanswered.ts";
import { Permitted } from "../permissions/Permitted.tsx";
import { TagList } from "../tags/Tag.tsx";
import { TagEditor } from "../tags/TagEditor.tsx";
import { type TagChange, useTagging } from "../tags/useTagging.ts";
import { AssigneePicker } from "./AssigneePicker.tsx";
import { isTrackedExperiment, type Tracked } from "./subject.ts";
import styles from "./Tracking.module.css";

export function SubjectBar({ subject, writable }: { readonly subject: Tracked; readonly writable: boolean }) {
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const [tags, show] = useUnanswered(subject.tags, (current: Tracked["tags"], { add = [], remove = [] }: TagChange) => [
    ...current.filter(({ name }) => !remove.includes(name)),
    ...add.map((name) => ({ id: `new ${name}`, name })),
  ]);
  const tag = useTagging(isTrackedExperiment(subject) ? "Experiment" : "Run");
  useShortcut("t", () => setEditing(true), { enabled: writable, preventDefault: true });
  const change = (edit: TagChange) => void show(edit, tag([subject.id], edit, subject.key));
  if (!writable && tags.length === 0 && subject.assignee == null) return null;
  return (
    <div className={styles.bar}>
      {editing ? (
        <TagEditor
          tags={tags}
          autoFocus
          onAdd={(name) => change({ add: [name] })}
          onRemove={(name) => change({ remove: [name] })}
          onClose={() => {
            setEditing(false);
            requestAnimationFrame(() => button.current?.focus());
          }}
        />
      ) : (
        <>
          <TagList tags={tags} />
          {writable ? (
            <Permitted needs={isTrackedExperiment(subject) ? "tagExperiments" : "tagRuns"}>
              <button ref={button} type="button" className={toolButtonStyles.toolButton} onClick={() => setEditing(true)}>
                {tags.length === 0 ? "Add a tag" : "Edit tags"}
              </button>
            </Permitted>
          ) : null}
        </>
      )}
      <AssigneePicker subject={subject} writable={writable} />
    </div>
  );
}
