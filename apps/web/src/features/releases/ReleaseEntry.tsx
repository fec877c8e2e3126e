/** One release of a study: its version, what it contains, how far the job is, and how to download, check and verify it. */
import type { ReleaseOnPageFragment } from "../../graphql/generated/graphql.ts";
import { DownloadEntry } from "../downloads/DownloadEntry.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { describeContent, describeProgress, fileNameOf, verifyCommand, withdrawalNote } from "./releaseTexts.ts";

interface ReleaseEntryProps {
  readonly studyKey: string;
  readonly release: ReleaseOnPageFragment;
  readonly onCancel: () => void;
  readonly cancelling: boolean;
}

export function ReleaseEntry({ studyKey, release, onCancel, cancelling }: ReleaseEntryProps) {
  const { version, title, state, failure, counts, byteLength, sha256, url, createdAt, endedAt, createdBy, licence } = release;
  return (
    <DownloadEntry
      label={`Release ${version}`}
      name={`release ${version}`}
      title={
        <>
          <span className="n12">{version}</span> {title}
        </>
      }
      state={state}
      facts={
        <>
          {state === "SUCCEEDED" ? "Made" : "Requested"} <RelativeTime time={endedAt ?? createdAt} />
          {createdBy ? ` by ${createdBy.name}` : ""}
          {counts ? `; ${describeContent(counts)}` : ""}
          {`; ${licence.spdx ?? licence.name}`}
        </>
      }
      note={withdrawalNote(release.withdrawnSince)}
      failure={`${failure ?? ""} Nothing was published.`.trim()}
      progress={describeProgress(release)}
      file={
        url != null && byteLength != null
          ? {
              url,
              name: fileNameOf(studyKey, version),
              byteLength,
              sha256: sha256 ?? "",
              verify: verifyCommand(studyKey, version),
            }
          : null
      }
      busy={cancelling}
      needs={{ cancel: "cancelRelease" }}
      onCancel={onCancel}
    />
  );
}
