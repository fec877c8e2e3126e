"use client";
/**
 * Wraps the archive. While the requested generation loads, names the generation shown and fades its images. If loading fails, shows the
 * error and no images.
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
  /** The archive's current elites. */
  readonly live: readonly TileEliteFragment[];
  children(archive: ShownArchive): ReactNode;
}

export function ArchiveFrame({ replay, live, children }: ArchiveFrameProps) {
  const { generation, error } = replay;
  const archive = useShownArchive(replay, live);
  return (
    <div className={styles.archiveFrame} aria-busy={archive.pending} data-pending={archive.pending || undefined}>
      <p className={`${styles.pendingNote} t12`} role="status">
        {archive.pending ? (
          <>
            Loading generation <span className="n12">{formatCount(generation ?? 0)}</span>
            {archive.generation === null ? (
              "."
            ) : (
              <>
                ; showing <span className="n12">{formatCount(archive.generation)}</span>.
              </>
            )}
          </>
        ) : null}
      </p>
      {error === null ? null : (
        <p className={`${styles.errorNote} second`} role="alert">
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
