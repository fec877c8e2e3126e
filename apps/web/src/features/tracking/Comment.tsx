"use client";
/** One comment, which its author and owners can edit and delete. */
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import {
  type CommentEntryFragment,
  DeleteCommentDocument,
  EditCommentDocument,
  RestoreCommentDocument,
} from "../../graphql/generated/graphql.ts";
import { problemOf, useReplacement } from "../conflicts/useReplacement.ts";
import type { DraftOwner } from "../drafts/draftStore.ts";
import { useDraft } from "../drafts/useDraft.ts";
import { Markdown } from "../markdown/Markdown.tsx";
import { Avatar } from "../marks/Avatar.tsx";
import { Menu } from "../marks/Menu.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { useUndo } from "../marks/useUndo.tsx";
import { MarkdownEditor } from "./MarkdownEditor.tsx";
import styles from "./Tracking.module.css";

interface CommentProps {
  readonly comment: CommentEntryFragment;
  /** Whose draft is kept. */
  readonly owner: DraftOwner;
  onChanged(): void;
}

export function Comment({ comment, owner, onChanged }: CommentProps) {
  /** Stays when the editor is left without saving. */
  const { draft, isRestored, keep, drop, settle } = useDraft(owner, `edit ${comment.id}`, comment.body);
  const [editing, setEditing] = useState(comment.mayEdit && isRestored);
  /** Whether the user opened the editor, which then takes the focus; a restored draft opens it, too. */
  const [opened, setOpened] = useState(false);
  const text = draft?.text ?? comment.body;
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const [deleted, setDeleted] = useState(false);
  const [, edit] = useMutation(EditCommentDocument);
  const [, remove] = useMutation(DeleteCommentDocument);
  const [, restore] = useMutation(RestoreCommentDocument);
  const showUndo = useUndo();
  const replace = useReplacement();
  const member = comment.author?.name ?? "Deleted account";
  const author = comment.sourceAuthor == null ? member : comment.sourceAuthor === "" ? "Unknown author" : comment.sourceAuthor;
  const save = async () => {
    setSaving(true);
    const outcome = await replace({
      subject: "the comment",
      values: { body: text },
      previous: { body: draft?.base ?? comment.body },
      labels: { body: "text" },
      async send(input) {
        const { data, error } = await edit({ input: { commentId: comment.id, ...input } });
        return { answer: data?.editComment, error };
      },
    });
    setSaving(false);
    setProblem(problemOf(outcome));
    if (outcome.kind === "saved" && settle(draft, text)) setEditing(false);
    if (outcome.kind === "kept") onChanged();
  };
  const discard = () => {
    drop();
    setEditing(false);
  };
  const undoDeletion = async () => {
    const { data, error } = await restore({ input: { commentId: comment.id } });
    const refusal = mutationProblem(data?.restoreComment, error);
    if (refusal === null) setDeleted(false);
    else toast.error(`The comment was not restored. ${refusal}`);
    onChanged();
  };
  const deleteIt = async () => {
    setDeleted(true);
    const { data, error } = await remove({ input: { commentId: comment.id } });
    const refusal = mutationProblem(data?.deleteComment, error);
    if (refusal === null) showUndo({ title: "Comment deleted.", undo: () => void undoDeletion() });
    else {
      setDeleted(false);
      toast.error(`The comment was not deleted. ${refusal}`);
    }
    onChanged();
  };
  if (deleted) return null;
  return (
    <li className={styles.comment}>
      <Avatar name={author} />
      <div className={styles.commentBody}>
        <p className={styles.commentHead}>
          <b>{author}</b>{" "}
          <span className="t12 muted">
            <RelativeTime time={comment.createdAt} />
            {comment.editedAt == null ? null : ", edited"}
            {comment.sourceAuthor == null ? null : `, imported by ${member}`}
          </span>
          {comment.mayEdit && !editing ? (
            <Menu
              label={`Actions on the comment by ${author}`}
              items={[
                {
                  label: "Edit",
                  needs: "editComment",
                  onSelect: () => {
                    setOpened(true);
                    setEditing(true);
                  },
                },
                { label: "Delete", needs: "deleteComment", onSelect: () => void deleteIt() },
              ]}
            />
          ) : null}
        </p>
        {editing ? (
          <MarkdownEditor
            label="Comment"
            text={text}
            rows={4}
            placeholder=""
            saveLabel="Save"
            saving={saving}
            problem={problem}
            autoFocus={opened}
            onDiscardRestored={isRestored ? discard : null}
            onChange={(next) => keep({ text: next, base: draft?.base ?? comment.body })}
            onSave={() => void save()}
            onLeave={() => {
              if (draft?.text === comment.body) drop();
              setEditing(false);
            }}
          />
        ) : (
          <Markdown text={comment.body} />
        )}
      </div>
    </li>
  );
}
