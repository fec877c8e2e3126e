"use client";
/** What surrounds every trial: the progress line, leave and the number above, undo and skip below, always in the same places. */
import type { MouseEvent, ReactNode, RefObject } from "react";
import styles from "./TrialPlayer.module.css";
import type { VotingTexts } from "./votingTexts.ts";

interface PlayerFrameProps {
  readonly element: RefObject<HTMLDivElement | null>;
  readonly texts: VotingTexts;
  /** From 0. */
  readonly number: number;
  readonly total: number;
  readonly heading: string | undefined;
  /** What the key at the top left does. */
  readonly leaveText: string;
  readonly undoable: number | null;
  /** Whether the foot offers "can't tell". */
  readonly cantTell: boolean;
  readonly note: string | null;
  /** Whether the image ends before the answer: the keys then wait for the answer's phase. */
  readonly timed: boolean;
  /** Whether letters are keys; in a written answer they are text. */
  readonly hasKeys: boolean;
  readonly onUndo: () => void;
  readonly onLeave: () => void;
  readonly onSkip: (event: MouseEvent) => void;
  readonly onCantTell: (event: MouseEvent) => void;
  readonly children: ReactNode;
}

export function PlayerFrame(props: PlayerFrameProps) {
  const { texts, number, total, heading, undoable, note, onUndo, onLeave, onSkip, onCantTell } = props;
  const position = texts.progress(number + 1, total);
  return (
    <div ref={props.element} data-player className={props.timed ? `${styles.player} ${styles.timed}` : styles.player}>
      <header className={styles.head}>
        <div
          className={styles.progress}
          role="progressbar"
          aria-label={position}
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={number}
        >
          <span style={{ width: `${total === 0 ? 0 : (100 * number) / total}%` }} />
        </div>
        <button type="button" className={styles.quiet} onClick={onLeave}>
          {props.leaveText} <kbd aria-hidden="true">Esc</kbd>
        </button>
        <span className={styles.note} role="status">
          {note}
        </span>
        {heading === undefined ? (
          <span className="n12 muted">
            {number + 1} / {total}
          </span>
        ) : (
          <span className="t12 muted">{heading}</span>
        )}
      </header>
      <main className={styles.body}>{props.children}</main>
      <footer className={styles.foot}>
        <button
          type="button"
          className={styles.quiet}
          disabled={undoable === null}
          onClick={(event) => {
            if (event.detail <= 1) onUndo();
          }}
        >
          {texts.undo} <span className={styles.phoneOnly}>{undoable === null ? "" : undoable + 1}</span>{" "}
          {props.hasKeys ? <kbd aria-hidden="true">U</kbd> : null}
        </button>
        <button type="button" className={styles.quiet} onClick={onSkip}>
          {texts.skip} {props.hasKeys ? <kbd aria-hidden="true">S</kbd> : null}
        </button>
        {props.cantTell ? (
          <button type="button" className={styles.quiet} onClick={onCantTell}>
            {texts.cantTell} <kbd aria-hidden="true">{texts.space}</kbd>
          </button>
        ) : null}
      </footer>
    </div>
  );
}
