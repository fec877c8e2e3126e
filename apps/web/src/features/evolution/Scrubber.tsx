"use client";
/** A slider over all generations with a play button. Dragging shows earlier archives, and the right end shows the live one. */
import type { ReactNode } from "react";
import { plot } from "../charts/chartLayout.ts";
import { formatCount } from "../marks/numbers.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { useShortcut } from "../marks/useShortcut.ts";
import styles from "../run/Scrubber.module.css";
import { type Replay, replaySpeeds } from "./useReplay.ts";

interface ScrubberProps {
  readonly replay: Replay;
  /** The first generation with an archive: 0, or that of a fork's start. */
  readonly first: number;
  readonly generations: number;
  readonly live: boolean;
  /** Controls at the end of the line below the slider. */
  readonly children?: ReactNode;
}

export function Scrubber({ replay, first, generations, live, children }: ScrubberProps) {
  const { last, generation, playing } = replay;
  const shown = generation ?? Math.max(0, last);
  const step = (by: number) => {
    const next = Math.max(first, shown + by);
    replay.seek(next >= last ? null : next);
  };
  useShortcut("space", () => replay.togglePlaying(), {
    preventDefault: true,
    ignoreEventWhen: (event) => (event.target as HTMLElement).closest("button, a, summary") !== null,
  });
  // Canvases of tiles or pixels use the arrow keys themselves.
  const ignoreEventWhen = (event: KeyboardEvent) => (event.target as HTMLElement).closest('[role="application"]') !== null;
  useShortcut("left", () => step(-1), { preventDefault: true, ignoreEventWhen });
  useShortcut("right", () => step(1), { preventDefault: true, ignoreEventWhen });
  useShortcut("l", () => replay.seek(null));
  const filled = (Math.min(shown, generations) - first) / Math.max(1, generations - first);
  return (
    <div className={styles.scrubber}>
      <div className={styles.scrubberLine}>
        <button
          type="button"
          className={styles.scrubberPlay}
          onClick={replay.togglePlaying}
          disabled={last < 1}
          aria-label={playing ? "Stop the replay" : "Replay the generations"}
        >
          <svg width="12" height="14" viewBox="0 0 12 14" fill="currentColor" aria-hidden="true">
            {playing ? <path d="M1 1h3.5v12H1zM7.5 1H11v12H7.5z" /> : <path d="M1 1l10 6-10 6z" />}
          </svg>
        </button>
        <span className={styles.scrubberTrack} style={{ marginRight: plot.right - 8 }}>
          <input
            type="range"
            min={first}
            max={Math.max(first + 1, generations)}
            value={Math.min(shown, generations)}
            disabled={last < 0}
            aria-label="Generation shown"
            aria-valuetext={
              generation === null ? `generation ${formatCount(shown)}, ${live ? "live" : "the last"}` : `generation ${formatCount(shown)}`
            }
            style={{ "--filled": filled } as object}
            onChange={(event) => {
              const next = event.target.valueAsNumber;
              replay.seek(next >= last ? null : next);
            }}
          />
        </span>
      </div>
      <div className={`${styles.scrubberText} t12 muted`}>
        <span>
          Generation <b className="n12">{last < 0 ? "–" : formatCount(shown)}</b>
          {generation === null ? (live ? ", live. Drag to replay." : ", the last. Drag to replay.") : ` of ${formatCount(last)}.`}
          {generation === null ? null : (
            <button type="button" className={toolButtonStyles.toolButton} onClick={() => replay.seek(null)}>
              {live ? "Back to live" : "To the end"}
            </button>
          )}
        </span>
        <span className={styles.scrubberTools}>
          <span role="group" aria-label="Speed of the replay">
            {replaySpeeds.map((speed) => (
              <button
                key={speed}
                type="button"
                className={toolButtonStyles.toolButton}
                aria-pressed={replay.speed === speed}
                onClick={() => replay.setSpeed(speed)}
              >
                <span className="n12">{speed}×</span>
              </button>
            ))}
          </span>
          {children}
        </span>
      </div>
    </div>
  );
}
