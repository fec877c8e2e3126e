"use client";
/** A slider over the steps of all trajectories, with a play button and arrow keys. It moves the images and cursors of all charts. */
import { formatCount } from "../marks/numbers.ts";
import { useShortcut } from "../marks/useShortcut.ts";
import scrubberStyles from "../run/Scrubber.module.css";
import styles from "./StepScrubber.module.css";
import type { StepReplay } from "./useStepReplay.ts";

export function StepScrubber({ replay, live }: { readonly replay: StepReplay; readonly live: boolean }) {
  const { last, step, playing } = replay;
  const shown = step ?? last;
  const moveBy = (by: number) => replay.seek(shown + by);
  useShortcut("space", () => replay.togglePlaying(), {
    preventDefault: true,
    ignoreEventWhen: (event) => (event.target as HTMLElement).closest("button, a, summary") !== null,
  });
  useShortcut("left", () => moveBy(-1), { preventDefault: true });
  useShortcut("right", () => moveBy(1), { preventDefault: true });
  useShortcut("l", () => replay.seek(null));
  return (
    <div className={styles.stepScrubber}>
      <button
        type="button"
        className={scrubberStyles.scrubberPlay}
        onClick={replay.togglePlaying}
        disabled={last < 1}
        aria-label={playing ? "Stop the replay" : "Replay the steps"}
      >
        <svg width="12" height="14" viewBox="0 0 12 14" fill="currentColor" aria-hidden="true">
          {playing ? <path d="M1 1h3.5v12H1zM7.5 1H11v12H7.5z" /> : <path d="M1 1l10 6-10 6z" />}
        </svg>
      </button>
      <span className={scrubberStyles.scrubberTrack}>
        <input
          type="range"
          min={0}
          max={Math.max(1, last)}
          value={shown}
          disabled={last < 1}
          aria-label="Step shown"
          aria-valuetext={step === null ? `step ${shown}, ${live ? "live" : "the last"}` : `step ${shown}`}
          style={{ "--filled": shown / Math.max(1, last) } as object}
          onChange={(event) => replay.seek(event.target.valueAsNumber)}
        />
      </span>
      <span className={`t12 muted ${styles.stepText}`}>
        Step <b className="n12">{formatCount(shown)}</b> of <span className="n12">{formatCount(last)}</span>
        {step === null && live ? ", live" : ""}
      </span>
    </div>
  );
}
