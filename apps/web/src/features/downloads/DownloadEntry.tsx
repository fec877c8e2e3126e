/** A list entry for a file that a job makes, such as an export or a release: its state, progress, download and checksum. */

import { formatByteSize } from "@pareidolia/core/byteSize";
import type { ReactNode } from "react";
import type { WorkState } from "../../graphql/generated/graphql.ts";
import type { MutationName } from "../../graphql/generated/mutationNames.ts";
import buttonStyles from "../marks/Button.module.css";
import { Button } from "../marks/Button.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import { ProgressTrack } from "../marks/ProgressTrack.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import styles from "./Downloads.module.css";

/** Whether the job has not ended. */
export function isBeingMade({ state }: { readonly state: WorkState }): boolean {
  return state === "QUEUED" || state === "RUNNING";
}

interface DownloadEntryProps {
  /** Such as "Release 1.0.0". */
  readonly label: string;
  /** Such as "release 1.0.0", after "Cancel" and "Delete". */
  readonly name: string;
  readonly title: ReactNode;
  readonly state: WorkState;
  /** One line below the title. */
  readonly facts: ReactNode;
  readonly note?: ReactNode;
  readonly failure: string | null;
  /** The job's progress; `share` is from 0 to 1, or null if the total is unknown. */
  readonly progress: { readonly text: ReactNode; readonly share: number | null };
  /** Null until the file is made. */
  readonly file: {
    /** A function, if the address expires soon: requests it and opens it. */
    readonly url: string | (() => void);
    /** Missing if the server names the file. */
    readonly name?: string;
    readonly byteLength: number;
    readonly sha256: string;
    /** A command that checks it. */
    readonly verify?: string;
  } | null;
  readonly busy: boolean;
  /** The mutations of its buttons. */
  readonly needs: { readonly cancel: MutationName; readonly remove?: MutationName };
  readonly onCancel: () => void;
  /** Missing if the file is kept. */
  readonly onDelete?: () => void;
  /** More buttons, for a job that has ended. */
  readonly actions?: ReactNode;
  /** A collapsed section with more about the job or its file. */
  readonly details?: { readonly title: string; readonly content: ReactNode };
}

export function DownloadEntry(props: DownloadEntryProps) {
  const { label, name, title, state, facts, note, failure, progress, file, busy, needs, onCancel, onDelete, actions, details } = props;
  return (
    <li className={styles.entry} aria-label={label}>
      <div className={styles.head}>
        <h3 className="t15">{title}</h3>
        <StateGlyph state={state} />
      </div>
      <p className="t12 muted">{facts}</p>
      {note === undefined || note === null ? null : (
        <p className={styles.note} role="status">
          {note}
        </p>
      )}
      {state === "FAILED" ? <p className="fieldError">{failure}</p> : null}
      {isBeingMade({ state }) ? (
        <div className={styles.progress}>
          <span role="status" className="t12 muted">
            {progress.text}
          </span>
          {progress.share === null ? null : <ProgressTrack share={progress.share} label={`Progress of ${name}`} className={styles.track} />}
          <Button look="quiet" needs={needs.cancel} disabled={busy} onClick={onCancel}>
            Cancel<span className="visuallyHidden"> {name}</span>
          </Button>
        </div>
      ) : null}
      {file === null ? null : (
        <>
          <dl className={styles.checks}>
            <dt>SHA-256</dt>
            <dd>
              <code>{file.sha256}</code> <CopyButton text={file.sha256} label="Copy the hash" />
            </dd>
            {file.verify === undefined ? null : (
              <>
                <dt>Verify</dt>
                <dd>
                  <code>{file.verify}</code> <CopyButton text={file.verify} label="Copy the command" />
                </dd>
              </>
            )}
          </dl>
        </>
      )}
      {details === undefined ? null : (
        <details className={styles.details}>
          <summary className="t12">{details.title}</summary>
          {details.content}
        </details>
      )}
      {isBeingMade({ state }) || (file === null && onDelete === undefined) ? null : (
        <p className={styles.actions}>
          {file === null ? null : typeof file.url === "string" ? (
            <a className={buttonStyles.button} href={file.url} download={file.name ?? true}>
              Download <span className="n12">{formatByteSize(file.byteLength)}</span>
            </a>
          ) : (
            <Button onClick={file.url}>
              Download <span className="n12">{formatByteSize(file.byteLength)}</span>
            </Button>
          )}
          {actions}
          {onDelete === undefined ? null : (
            <Button look="quiet" needs={needs.remove} disabled={busy} onClick={onDelete}>
              Delete<span className="visuallyHidden"> {name}</span>
            </Button>
          )}
        </p>
      )}
    </li>
  );
}
