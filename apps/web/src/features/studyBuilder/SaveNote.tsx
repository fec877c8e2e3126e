/** Whether the draft is saved, why not, and what another user changed. */
import { RelativeTime } from "../marks/RelativeTime.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import styles from "./StudyBuilder.module.css";
import type { EditableDraft } from "./useStudyDraft.ts";

export function SaveState({ state, savedAt }: { readonly state: EditableDraft["state"]; readonly savedAt: string }) {
  return (
    <span role="status">
      {state.kind === "saved" ? (
        <>
          saved <RelativeTime time={savedAt} />
        </>
      ) : state.kind === "refused" ? (
        "not saved"
      ) : (
        "saving"
      )}
    </span>
  );
}

export function SaveNote({
  state,
  note,
  onDismiss,
}: {
  readonly state: EditableDraft["state"];
  readonly note: string | null;
  onDismiss(): void;
}) {
  return (
    <>
      {state.kind === "refused" ? (
        <p className={styles.note} role="alert">
          <b>The last change is not saved.</b> {state.message}
        </p>
      ) : null}
      {note === null ? null : (
        <p className={styles.note} role="status">
          {note}{" "}
          <button type="button" className={toolButtonStyles.toolButton} onClick={onDismiss}>
            Close
          </button>
        </p>
      )}
    </>
  );
}
