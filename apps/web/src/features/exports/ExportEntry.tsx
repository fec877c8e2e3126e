/** One export: what it contains, how far its job is, and how to download and check it. */
import type { ExportOnPageFragment } from "../../graphql/generated/graphql.ts";
import { DownloadEntry } from "../downloads/DownloadEntry.tsx";
import { formatCount } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import styles from "./Exports.module.css";
import { describeChoice, describeProgress, describeSize, nameOfSubject } from "./exportTexts.ts";

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
  const isThere = url != null && byteLength != null;
  return (
    <DownloadEntry
      label={`Export ${key}`}
      name={key}
      title={
        <>
          <span className="n12">{key}</span>
          {showsSubject ? ` of ${nameOfSubject(item)}` : ""}
        </>
      }
      state={state}
      facts={
        <>
          {describeChoice(item)}
          {size === "" ? "" : `; ${size}`}; {state === "SUCCEEDED" ? "made" : "requested"} <RelativeTime time={endedAt ?? createdAt} />
          {createdBy ? ` by ${createdBy.name}` : ""}
          {expiresAt == null ? null : `; deleted on ${dayOf(expiresAt)}`}
        </>
      }
      note={
        isThere && sameContentAs != null ? (
          <>
            Same content as <span className="n12">{sameContentAs}</span>
          </>
        ) : null
      }
      failure={failure ?? null}
      progress={describeProgress(item)}
      file={isThere ? { url, byteLength, sha256: sha256 ?? "" } : null}
      busy={busy}
      needs={{ cancel: "cancelExport", remove: "deleteExport" }}
      onCancel={onCancel}
      onDelete={onDelete}
      {...(isThere ? { details: { title: "Rows of each table", content: <TableRows tables={item.tables} /> } } : {})}
    />
  );
}

function TableRows({ tables }: Pick<ExportOnPageFragment, "tables">) {
  return (
    <ul className={styles.tables}>
      {tables.map(({ name, rows }) => (
        <li key={name}>
          <code>{name}</code> <span className="n12">{formatCount(rows)}</span>
        </li>
      ))}
    </ul>
  );
}

function dayOf(time: string): string {
  return new Date(time).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}
