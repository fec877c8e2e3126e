/** One release of a study: its version, what it contains, how far the job is, and how to download, check and verify it. */
import { formatByteSize } from "@pareidolia/core/byteSize";
import type { ReleaseOnPageFragment } from "../../graphql/generated/graphql.ts";
import buttonStyles from "../marks/Button.module.css";
import { Button } from "../marks/Button.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import { formatCount } from "../marks/numbers.ts";
import { ProgressTrack } from "../marks/ProgressTrack.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import styles from "./Releases.module.css";
import { describeContent, fileNameOf, verifyCommand, withdrawalNote } from "./releaseTexts.ts";

interface ReleaseEntryProps {
  readonly studyKey: string;
  readonly release: ReleaseOnPageFragment;
  readonly onCancel: () => void;
  readonly cancelling: boolean;
}

export function ReleaseEntry({ studyKey, release, onCancel, cancelling }: ReleaseEntryProps) {
  const { version, title, state, failure, counts, byteLength, sha256, url, createdAt, endedAt, createdBy, licence } = release;
  const note = withdrawalNote(release.withdrawnSince);
  const command = verifyCommand(studyKey, version);
  return (
    <li className={styles.release} aria-label={`Release ${version}`}>
      <div className={styles.head}>
        <h3 className="t15">
          <span className="n12">{version}</span> {title}
        </h3>
        <StateGlyph state={state} />
      </div>
      <p className="t12 muted">
        {state === "SUCCEEDED" ? "Made" : "Requested"} <RelativeTime time={endedAt ?? createdAt} />
        {createdBy ? ` by ${createdBy.name}` : ""}
        {counts ? `; ${describeContent(counts)}` : ""}
        {`; ${licence.spdx ?? licence.name}`}
      </p>
      {note === null ? null : (
        <p className={styles.note} role="status">
          {note}
        </p>
      )}
      {state === "FAILED" ? <p className="fieldError">{failure} Nothing was published.</p> : null}
      {state === "QUEUED" || state === "RUNNING" ? (
        <Progress release={release} onCancel={onCancel} cancelling={cancelling} version={version} />
      ) : null}
      {url != null && byteLength != null ? (
        <>
          <p className="pageActions">
            <a className={buttonStyles.button} href={url} download={fileNameOf(studyKey, version)}>
              Download <span className="n12">{formatByteSize(byteLength)}</span>
            </a>
          </p>
          <dl className={styles.checks}>
            <dt>SHA-256</dt>
            <dd>
              <code>{sha256}</code> <CopyButton text={sha256 ?? ""} label="Copy the hash" />
            </dd>
            <dt>Verify</dt>
            <dd>
              <code>{command}</code> <CopyButton text={command} label="Copy the command" />
            </dd>
          </dl>
        </>
      ) : null}
    </li>
  );
}

function Progress({
  release: { state, done, total },
  version,
  onCancel,
  cancelling,
}: Omit<ReleaseEntryProps, "studyKey"> & { readonly version: string }) {
  const share = typeof total === "number" && total > 0 ? done / total : 0;
  return (
    <div className={styles.progress}>
      <span role="status" className="t12 muted">
        {state === "QUEUED" ? (
          "Waiting for a worker"
        ) : typeof total === "number" ? (
          <>
            Step <span className="n12">{formatCount(done)}</span> of <span className="n12">{formatCount(total)}</span>
          </>
        ) : (
          "Computing the results"
        )}
      </span>
      <ProgressTrack share={share} label={`Progress of release ${version}`} className={styles.track} />
      <Button look="quiet" disabled={cancelling} onClick={onCancel}>
        Cancel<span className="visuallyHidden"> release {version}</span>
      </Button>
    </div>
  );
}
