"use client";
/** Writes Markdown with a preview: Ctrl or Command with Enter saves, Escape leaves the editor and keeps the draft. */
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { Markdown } from "../markdown/Markdown.tsx";
import { Button } from "../marks/Button.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { MentionField } from "./MentionField.tsx";
import styles from "./Tracking.module.css";

interface MarkdownEditorProps {
  readonly label: string;
  readonly text: string;
  readonly rows: number;
  readonly placeholder: string;
  readonly saveLabel: string;
  readonly saving: boolean;
  readonly problem: string | null;
  /** Whether the text cannot be saved until the user has made another choice. */
  readonly blocked?: boolean;
  readonly autoFocus?: boolean;
  readonly mayBeEmpty?: boolean;
  /** Names of the members whom the text notifies if it mentions them; absent if it notifies none. */
  readonly mentionable?: readonly string[] | undefined;
  readonly extra?: ReactNode;
  /** Discards a restored draft; null or absent without one. */
  readonly onDiscardRestored?: (() => void) | null;
  readonly onChange: (text: string) => void;
  readonly onSave: () => void;
  /** Absent for an editor that stays open. */
  readonly onLeave?: () => void;
}

const longest = 20_000;
/** From here on, the number of characters is shown. */
const nearlyLongest = 18_000;

export function MarkdownEditor(props: MarkdownEditorProps) {
  const {
    label,
    text,
    rows,
    placeholder,
    saveLabel,
    saving,
    problem,
    blocked = false,
    autoFocus = false,
    mayBeEmpty = false,
    mentionable,
    extra,
    onDiscardRestored = null,
    onChange,
    onSave,
    onLeave,
  } = props;
  const [preview, setPreview] = useState(false);
  const problemId = useId();
  const tooLong = text.trim().length > longest;
  const sendable = !saving && !blocked && !tooLong && (mayBeEmpty || text.trim() !== "");
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (sendable) onSave();
    } else if (event.key === "Escape" && onLeave) {
      event.preventDefault();
      onLeave();
    }
  };
  return (
    <div className={styles.editor} onKeyDown={onKeyDown}>
      <div className={styles.editorTabs} role="group" aria-label="View">
        <button type="button" className={toolButtonStyles.toolButton} aria-pressed={!preview} onClick={() => setPreview(false)}>
          Write
        </button>
        <button type="button" className={toolButtonStyles.toolButton} aria-pressed={preview} onClick={() => setPreview(true)}>
          Preview
        </button>
      </div>
      {preview ? (
        <div className={styles.preview}>{text.trim() === "" ? <p className="muted">Nothing to preview.</p> : <Markdown text={text} />}</div>
      ) : (
        <MentionField
          className="input"
          aria-label={label}
          aria-describedby={problem === null ? undefined : problemId}
          aria-invalid={problem !== null || tooLong || undefined}
          // biome-ignore lint/a11y/noAutofocus: opened by the person who wants to type
          autoFocus={autoFocus}
          rows={rows}
          placeholder={placeholder}
          value={text}
          names={mentionable}
          onChange={onChange}
        />
      )}
      {problem === null ? null : (
        <span id={problemId} className="fieldError" role="alert">
          {problem}
        </span>
      )}
      <div className={styles.restored}>
        <RestoredNote isRestored={onDiscardRestored !== null} discard={() => onDiscardRestored?.()} />
      </div>
      <div className={styles.editorActions}>
        <Button look="primary" shortcut="mod+↵" disabled={!sendable} onClick={onSave}>
          {saveLabel}
        </Button>
        {onLeave ? (
          <Button look="quiet" shortcut="Esc" onClick={onLeave}>
            Leave
          </Button>
        ) : null}
        {extra}
        <span className="t12 muted">
          {text.length >= nearlyLongest ? `${text.trim().length.toLocaleString("en-GB")} of 20,000 characters` : "Markdown"}
        </span>
      </div>
    </div>
  );
}
