"use client";
/** What surrounds every trial: the progress line, leave and the number above, undo and skip below, always in the same places. */
import type { CSSProperties, MouseEvent, ReactNode, RefObject } from "react";
import type { VotingTexts } from "./englishTexts.ts";
import styles from "./TrialPlayer.module.css";

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
  /** Whether letters are keys; in a written answer they are text. */
  readonly hasKeys: boolean;
  /** In a box of the researcher's page, with the phase that it shows; default: the voter's page. */
  readonly preview?: { readonly phase: string; readonly style: CSSProperties };
  readonly onUndo: () => void;
  readonly onLeave: () => void;
  readonly onSkip: (event: MouseEvent) => void;
  readonly onCantTell: (event: MouseEvent) => void;
  readonly children: ReactNode;
}

export function PlayerFrame(props: PlayerFrameProps) {
  const { texts, number, total, heading, undoable, note, preview, onUndo, onLeave, onSkip, onCantTell } = props;
  const Body = preview === undefined ? "main" : "div";
  const position = texts.progress(number + 1, total);
  return (
    <div
      ref={props.element}
      data-player
      data-preview={preview === undefined ? undefined : true}
      data-phase={preview?.phase}
      style={preview?.style}
      className={preview === undefined ? styles.player : `${styles.player} ${styles.preview}`}
    >
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
        <button type="button" className={styles.quiet} aria-keyshortcuts="Escape" onClick={onLeave}>
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
      <Body className={styles.body}>{props.children}</Body>
      <footer className={styles.foot}>
        <button
          type="button"
          className={styles.quiet}
          disabled={undoable === null}
          aria-keyshortcuts={props.hasKeys ? "U" : undefined}
          onClick={(event) => {
            if (event.detail <= 1) onUndo();
          }}
        >
          {texts.undo} <span className={styles.phoneOnly}>{undoable === null ? "" : undoable + 1}</span>{" "}
          {props.hasKeys ? <kbd aria-hidden="true">U</kbd> : null}
        </button>
        <button type="button" className={styles.quiet} aria-keyshortcuts={props.hasKeys ? "S" : undefined} onClick={onSkip}>
          {texts.skip} {props.hasKeys ? <kbd aria-hidden="true">S</kbd> : null}
        </button>
        {props.cantTell ? (
          <button type="button" className={styles.quiet} aria-keyshortcuts="Space" onClick={onCantTell}>
            {texts.cantTell} <kbd aria-hidden="true">{texts.space}</kbd>
          </button>
        ) : null}
      </footer>
    </div>
  );
}
