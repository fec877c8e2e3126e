"use client";
/**
 * Around the archive: says which generation's images stand there while those of the one asked for are on their way, and why where they
 * did not come. Images of another generation stand back, and none stand for one that failed.
 */
import type { ReactNode } from "react";
import type { TileEliteFragment } from "../../graphql/generated/graphql.ts";
import { plainMessage } from "../marks/ErrorState.tsx";
import { formatCount } from "../marks/numbers.ts";
import styles from "./ArchiveFrame.module.css";
import type { Replay } from "./useReplay.ts";
import { type ShownArchive, useShownArchive } from "./useShownArchive.ts";

interface ArchiveFrameProps {
  readonly replay: Replay;
  /** The archive as it is now. */
  readonly live: readonly TileEliteFragment[];
  children(archive: ShownArchive): ReactNode;
}

export function ArchiveFrame({ replay, live, children }: ArchiveFrameProps) {
  const { generation, error } = replay;
  const archive = useShownArchive(replay, live);
  return (
    <div className={styles.archiveFrame} aria-busy={archive.pending} data-pending={archive.pending || undefined}>
      <p className={`${styles.archiveWait} t12`} role="status">
        {archive.pending ? (
          <>
            Generation <span className="n12">{formatCount(generation ?? 0)}</span> is on its way
            {archive.generation === null ? (
              "."
            ) : (
              <>
                ; these are of <span className="n12">{formatCount(archive.generation)}</span>.
              </>
            )}
          </>
        ) : null}
      </p>
      {error === null ? null : (
        <p className={`${styles.archiveFailed} second`} role="alert">
          Generation <span className="n12">{formatCount(generation ?? 0)}</span> could not be loaded. {plainMessage(error)}{" "}
          <button type="button" className="link" onClick={replay.retry}>
            Try again
          </button>
        </p>
      )}
      {children(archive)}
    </div>
  );
}
