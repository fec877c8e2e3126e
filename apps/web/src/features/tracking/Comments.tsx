"use client";
/** The comments on a run or an experiment, oldest first. Those of other members appear as soon as they are written. */
import { useState } from "react";
import { useMutation } from "urql";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { AddCommentDocument, SubjectCommentsDocument, type SubjectCommentsQuery } from "../../graphql/generated/graphql.ts";
import { isRun } from "../../graphql/runTypes.ts";
import type { DraftOwner } from "../drafts/draftStore.ts";
import { useDraft } from "../drafts/useDraft.ts";
import { useWorkspaceChanges } from "../live/useWorkspaceChanges.ts";
import { Button } from "../marks/Button.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { formatCount } from "../marks/numbers.ts";
import { useAttemptKey } from "../marks/useAttemptKey.ts";
import { Comment } from "./Comment.tsx";
import { commentsFile, commentsQuery } from "./commentsFile.ts";
import { MarkdownEditor } from "./MarkdownEditor.tsx";
import styles from "./Tracking.module.css";
import { useMentionable } from "./useMentionable.ts";

interface CommentsProps {
  readonly subject: { readonly id: string; readonly key: string };
  /** Whose drafts are kept. */
  readonly owner: DraftOwner;
  readonly writable: boolean;
}

function commentsOf(node: SubjectCommentsQuery["node"] | undefined) {
  return node?.__typename === "Experiment" || isRun(node) ? node.comments : null;
}

const noComments = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

export function Comments({ subject, owner, writable }: CommentsProps) {
  const [pages, setPages] = useState(1);
  const first = useLiveQuery({ query: SubjectCommentsDocument, variables: { id: subject.id, after: null }, retryAfter: 4_000 });
  useWorkspaceChanges([subject.id], first.refetch);
  const comments = commentsOf(first.data?.node);
  return (
    <section aria-labelledby="comments" className={styles.section}>
      <div className="sectionHead">
        <h2 id="comments">
          Comments{" "}
          {comments === null || comments.totalCount === 0 ? null : <span className="n12 muted">{formatCount(comments.totalCount)}</span>}
        </h2>
      </div>
      {comments === null || comments.nodes.length === 0 ? null : (
        <ListTools
          name={`${subject.key}-comments`}
          document={SubjectCommentsDocument}
          variables={{ id: subject.id }}
          pageOf={({ node }) => commentsOf(node) ?? noComments}
          columns={commentsFile}
          query={commentsQuery(subject.key)}
        />
      )}
      <CommentPage
        subjectId={subject.id}
        owner={owner}
        after={null}
        pages={pages}
        onMore={() => setPages(pages + 1)}
        onChanged={first.refetch}
      />
      {comments?.totalCount === 0 && !writable ? <p className="muted">No comments.</p> : null}
      {writable ? <NewComment subject={subject} owner={owner} onAdded={first.refetch} /> : null}
    </section>
  );
}

interface CommentPageProps {
  readonly subjectId: string;
  readonly owner: DraftOwner;
  readonly after: string | null;
  /** Number of pages to show, this one included. */
  readonly pages: number;
  onMore(): void;
  onChanged(): void;
}

function CommentPage({ subjectId, owner, after, pages, onMore, onChanged }: CommentPageProps) {
  const { data, refetch } = useLiveQuery({
    query: SubjectCommentsDocument,
    variables: { id: subjectId, after },
    requestPolicy: after === null ? "cache-first" : "cache-and-network",
  });
  useWorkspaceChanges([subjectId], after === null ? () => undefined : refetch);
  const page = commentsOf(data?.node);
  if (page === null) return null;
  const next = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  return (
    <>
      {page.nodes.length === 0 ? null : (
        <ol className={styles.comments}>
          {page.nodes.map((comment) => (
            <Comment key={comment.id} comment={comment} owner={owner} onChanged={after === null ? onChanged : refetch} />
          ))}
        </ol>
      )}
      {next && pages === 1 ? (
        <Button look="quiet" onClick={onMore}>
          Show later comments
        </Button>
      ) : null}
      {next && pages > 1 ? (
        <CommentPage subjectId={subjectId} owner={owner} after={next} pages={pages - 1} onMore={onMore} onChanged={onChanged} />
      ) : null}
    </>
  );
}

function NewComment({ subject, owner, onAdded }: Omit<CommentsProps, "writable"> & { readonly onAdded: () => void }) {
  const { draft, isRestored, keep, drop, settle } = useDraft(owner, `comment ${subject.id}`, "");
  const text = draft?.text ?? "";
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [, add] = useMutation(AddCommentDocument);
  const names = useMentionable(text);
  const key = useAttemptKey();
  const send = async () => {
    setSaving(true);
    const input = { subjectId: subject.id, body: text };
    const { data, error } = await add({ input: { ...input, idempotencyKey: key.of(input) } });
    if (data?.addComment !== undefined) key.forget();
    const refusal = mutationProblem(data?.addComment, error);
    setSaving(false);
    setProblem(refusal);
    if (refusal !== null) return;
    settle(draft, "");
    onAdded();
  };
  return (
    <MarkdownEditor
      label={`New comment on ${subject.key}`}
      text={text}
      rows={3}
      placeholder="Write a comment"
      saveLabel="Comment"
      saving={saving}
      problem={problem}
      mentionable={names}
      onDiscardRestored={isRestored ? drop : null}
      onChange={(next) => {
        if (next === "") drop();
        else keep({ text: next, base: "" });
      }}
      onSave={() => void send()}
    />
  );
}
