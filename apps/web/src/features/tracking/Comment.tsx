"use client";
/** One comment, which its author and owners can edit and delete. */
import { startTransition, useOptimistic, useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import {
  type CommentEntryFragment,
  DeleteCommentDocument,
  EditCommentDocument,
  RestoreCommentDocument,
} from "../../graphql/generated/graphql.ts";
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
  onChanged(): void;
}

export function Comment({ comment, onChanged }: CommentProps) {
  const [editing, setEditing] = useState(false);
  /** Stays when the editor is left without saving. */
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? comment.body;
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const [deleted, showDeleted] = useOptimistic(false);
  const [, edit] = useMutation(EditCommentDocument);
  const [, remove] = useMutation(DeleteCommentDocument);
  const [, restore] = useMutation(RestoreCommentDocument);
  const showUndo = useUndo();
  const member = comment.author?.name ?? "Deleted account";
  const author = comment.sourceAuthor == null ? member : comment.sourceAuthor === "" ? "Unknown author" : comment.sourceAuthor;
  const save = async () => {
    setSaving(true);
    const { data, error } = await edit({ input: { commentId: comment.id, body: text } });
    const refusal = mutationProblem(data?.editComment, error);
    setSaving(false);
    setProblem(refusal);
    if (refusal !== null) return;
    setDraft(null);
    setEditing(false);
  };
  const undoDeletion = async () => {
    const { data, error } = await restore({ input: { commentId: comment.id } });
    const refusal = mutationProblem(data?.restoreComment, error);
    if (refusal !== null) toast.error(`The comment was not restored. ${refusal}`);
    onChanged();
  };
  const deleteIt = () =>
    startTransition(async () => {
      showDeleted(true);
      const { data, error } = await remove({ input: { commentId: comment.id } });
      const refusal = mutationProblem(data?.deleteComment, error);
      if (refusal === null) showUndo({ title: "Comment deleted.", undo: () => void undoDeletion() });
      else toast.error(`The comment was not deleted. ${refusal}`);
      onChanged();
    });
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
                  onSelect: () => {
                    setDraft(draft ?? comment.body);
                    setEditing(true);
                  },
                },
                { label: "Delete", onSelect: deleteIt },
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
            autoFocus
            onChange={setDraft}
            onSave={() => void save()}
            onLeave={() => setEditing(false)}
          />
        ) : (
          <Markdown text={comment.body} />
        )}
      </div>
    </li>
  );
}
