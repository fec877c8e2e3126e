"use client";
/** What members say about a revealed image, under their pseudonyms, each with the member's votes. Comments are never changed. */
import { useState } from "react";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { useUnsent } from "../drafts/useUnsent.ts";
import { Button } from "../marks/Button.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import styles from "./Norming.module.css";
import type { LoadedImage } from "./roomImage.ts";
import type { RoomActions } from "./useRoomActions.ts";

const shownAtFirst = 3;
const maxCommentLength = 2_000;

/** "zebra → curtain", or the one class if the member stayed with it or has not voted again. */
function votesOf(image: LoadedImage, member: string): string {
  const nameOf = (round: number): string | null => {
    const vote = image.votes.find((each) => each.member === member && each.round === round);
    return vote === undefined ? null : (vote.choice?.name ?? "nothing");
  };
  const [first, second] = [nameOf(1), nameOf(2)];
  return first === null || second === null || first === second ? (first ?? "did not vote") : `${first} → ${second}`;
}

export function Discussion({ image, actions }: { readonly image: LoadedImage; readonly actions: RoomActions }) {
  const [isWhole, setWhole] = useState(false);
  const { comments } = image;
  const shown = isWhole ? comments : comments.slice(-shownAtFirst);
  return (
    <section aria-labelledby="discussion" className={styles.discussion}>
      <div className={styles.discussionHead}>
        <h2 id="discussion">Discussion</h2>
        {comments.length > shownAtFirst ? (
          <button type="button" className={toolButtonStyles.toolButton} aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? "Latest" : `All ${comments.length}`}
          </button>
        ) : null}
      </div>
      {comments.length === 0 ? (
        <p className={`t12 muted ${styles.noComments}`}>
          {image.state === "BLIND" ? "Opens once the votes are revealed." : "No comments yet."}
        </p>
      ) : (
        <ol className={styles.comments} aria-live="polite">
          {shown.map(({ number, member, text }) => (
            <li key={number}>
              <span className="n12">{member}</span>
              <p>{text}</p>
              <span className="t12 muted">{votesOf(image, member)}</span>
            </li>
          ))}
        </ol>
      )}
      {image.mayComment ? <CommentForm key={actions.subject} actions={actions} /> : null}
    </section>
  );
}

const emptyComment = { text: "" };

function CommentForm({ actions }: { readonly actions: RoomActions }) {
  const unsent = useUnsent(`room comment ${actions.subject}`, emptyComment);
  const { text } = unsent.values;
  const submit = async (): Promise<void> => {
    if (text.trim() !== "" && (await actions.comment(text))) unsent.discard();
  };
  return (
    <form
      className={styles.commentForm}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <textarea
        className="input"
        rows={1}
        maxLength={maxCommentLength}
        aria-label="Comment"
        placeholder="Say what you see, not what it should be"
        value={text}
        onChange={(event) => unsent.change({ text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
          event.preventDefault();
          void submit();
        }}
      />
      <Button type="submit" needs="commentOnRoomImage" shortcut="mod+↵" disabled={actions.isBusy || text.trim() === ""}>
        Comment
      </Button>
      <RestoredNote {...unsent} />
    </form>
  );
}
