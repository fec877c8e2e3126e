"use client";
/** One slider over the generations of all entries, at the bottom of the window, with a mark where each median first reached .9999. */
import type { ReactNode } from "react";
import { formatCount } from "../marks/numbers.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { useShortcut } from "../marks/useShortcut.ts";
import scrubberStyles from "../run/Scrubber.module.css";
import styles from "./Comparison.module.css";
import { letterOf } from "./comparedRuns.ts";
import { type ComparisonReplay, type RunComparison, replaySpeeds } from "./useComparison.ts";

const isOnControl = (event: KeyboardEvent): boolean => (event.target as HTMLElement).closest("button, a, summary, input") !== null;

interface ComparisonScrubberProps {
  readonly comparison: RunComparison;
  readonly replay: ComparisonReplay;
  readonly film: ReactNode;
}

export function ComparisonScrubber({ comparison, replay, film }: ComparisonScrubberProps) {
  const { last, playing } = replay;
  const shown = replay.generation ?? last;
  const step = (by: number) => replay.seek(Math.max(0, shown + by));
  useShortcut("space", replay.togglePlaying, { preventDefault: true, ignoreEventWhen: isOnControl });
  useShortcut("left", () => step(-1), { preventDefault: true, ignoreEventWhen: isOnControl });
  useShortcut("right", () => step(1), { preventDefault: true, ignoreEventWhen: isOnControl });
  return (
    <div className={styles.scrubber}>
      <span className="t12">
        Generation <b className="n12">{formatCount(shown)}</b> / <span className="n12">{formatCount(last)}</span>
      </span>
      <span className={styles.scrubberTrack}>
        <span className={styles.notches} aria-hidden="true">
          {comparison.reach.map(({ median }, entry) =>
            median == null ? null : (
              <i key={entry} style={{ left: `${(100 * median) / Math.max(1, last)}%` }}>
                {letterOf(entry)}
              </i>
            ),
          )}
        </span>
        <span className={scrubberStyles.scrubberTrack}>
          <input
            type="range"
            min={0}
            max={Math.max(1, last)}
            value={shown}
            disabled={last < 1}
            aria-label="Generation shown"
            aria-valuetext={`generation ${formatCount(shown)} of ${formatCount(last)}`}
            style={{ "--filled": shown / Math.max(1, last) } as object}
            onChange={(event) => replay.seek(event.target.valueAsNumber)}
          />
        </span>
      </span>
      <span className={scrubberStyles.scrubberTools}>
        <button type="button" className={toolButtonStyles.toolButton} disabled={last < 1} onClick={replay.togglePlaying}>
          {playing ? "Stop" : "Play"}
        </button>
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
        {film}
      </span>
    </div>
  );
}
