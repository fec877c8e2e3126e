/** One export: what it contains, how far its job is, and how to download and check it. */
import { formatByteSize } from "@pareidolia/core/byteSize";
import type { ExportOnPageFragment } from "../../graphql/generated/graphql.ts";
import buttonStyles from "../marks/Button.module.css";
import { Button } from "../marks/Button.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import { formatCount } from "../marks/numbers.ts";
import { ProgressTrack } from "../marks/ProgressTrack.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import styles from "./Exports.module.css";
import { describeChoice, describeProgress, describeSize, isActive, nameOfSubject } from "./exportTexts.ts";

interface ExportEntryProps {
  readonly item: ExportOnPageFragment;
  /** Whether the list has exports of several subjects. */
  readonly showsSubject: boolean;
  readonly busy: boolean;
  readonly onCancel: () => void;
  readonly onDelete: () => void;
}

export function ExportEntry({ item, showsSubject, busy, onCancel, onDelete }: ExportEntryProps) {
  const { key, state, failure, byteLength, sha256, url, createdAt, endedAt, expiresAt, createdBy, sameContentAs } = item;
  const size = describeSize(item);
  return (
    <li className={styles.entry} aria-label={`Export ${key}`}>
      <div className={styles.head}>
        <h3 className="t15">
          <span className="n12">{key}</span>
          {showsSubject ? ` of ${nameOfSubject(item)}` : ""}
        </h3>
        <StateGlyph state={state} />
      </div>
      <p className="t12 muted">
        {describeChoice(item)}
        {size === "" ? "" : `; ${size}`}; {state === "SUCCEEDED" ? "made" : "requested"} <RelativeTime time={endedAt ?? createdAt} />
        {createdBy ? ` by ${createdBy.name}` : ""}
        {expiresAt == null ? null : `; deleted on ${dayOf(expiresAt)}`}
      </p>
      {state === "FAILED" ? <p className="fieldError">{failure}</p> : null}
      {isActive(item) ? <Progress item={item} busy={busy} onCancel={onCancel} /> : null}
      {url != null && byteLength != null ? (
        <>
          {sameContentAs == null ? null : (
            <p className={styles.note}>
              Same content as <span className="n12">{sameContentAs}</span>
            </p>
          )}
          <dl className={styles.checks}>
            <dt>SHA-256</dt>
            <dd>
              <code>{sha256}</code> <CopyButton text={sha256 ?? ""} label="Copy the hash" />
            </dd>
          </dl>
          <details className={styles.tables}>
            <summary className="t12">Rows of each table</summary>
            <ul>
              {item.tables.map(({ name, rows }) => (
                <li key={name}>
                  <code>{name}</code> <span className="n12">{formatCount(rows)}</span>
                </li>
              ))}
            </ul>
          </details>
        </>
      ) : null}
      {isActive(item) ? null : (
        <p className={styles.actions}>
          {url != null && byteLength != null ? (
            <a className={buttonStyles.button} href={url} download>
              Download <span className="n12">{formatByteSize(byteLength)}</span>
            </a>
          ) : null}
          <Button look="quiet" disabled={busy} onClick={onDelete}>
            Delete<span className="visuallyHidden"> {key}</span>
          </Button>
        </p>
      )}
    </li>
  );
}

function dayOf(time: string): string {
  return new Date(time).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}

function Progress({ item, busy, onCancel }: Pick<ExportEntryProps, "item" | "busy" | "onCancel">) {
  const { text, share } = describeProgress(item);
  return (
    <div className={styles.progress}>
      <span role="status" className="t12 muted">
        {text}
      </span>
      <ProgressTrack share={share} label={`Progress of ${item.key}`} className={styles.track} />
      <Button look="quiet" disabled={busy} onClick={onCancel}>
        Cancel<span className="visuallyHidden"> {item.key}</span>
      </Button>
    </div>
  );
}
