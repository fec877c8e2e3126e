"use client";
/** A term of the field with its definition, shown on hover, on keyboard focus and on tap; Escape hides it. */
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { type GlossaryTermId, glossaryTerms } from "./glossaryTerms.ts";
import styles from "./Term.module.css";

interface TermProps {
  readonly of: GlossaryTermId;
  readonly children: ReactNode;
}

/** Space between the note and the term, and between the note and the edge of the window, in CSS pixels. */
const gap = 8;
/** The pointer may cross from the term to its note within this time. */
const leaveMilliseconds = 150;

export function Term({ of, children }: TermProps) {
  const { word, meaning } = glossaryTerms[of];
  const id = useId();
  const term = useRef<HTMLButtonElement>(null);
  const note = useRef<HTMLSpanElement>(null);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const shown = note.current;
    const anchor = term.current;
    if (shown === null || anchor === null || !open) return;
    shown.showPopover();
    const { left, bottom, top } = anchor.getBoundingClientRect();
    const { width, height } = shown.getBoundingClientRect();
    const fitsBelow = bottom + gap + height <= window.innerHeight;
    shown.style.left = `${Math.max(gap, Math.min(left, window.innerWidth - width - gap))}px`;
    shown.style.top = `${fitsBelow ? bottom + gap : Math.max(gap, top - gap - height)}px`;
    const close = () => setOpen(false);
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key === "Escape") close();
    };
    window.addEventListener("scroll", close, { passive: true, capture: true });
    window.addEventListener("keydown", closeOnEscape);
    return () => {
      window.removeEventListener("scroll", close, { capture: true });
      window.removeEventListener("keydown", closeOnEscape);
      if (shown.isConnected) shown.hidePopover();
    };
  }, [open]);
  useEffect(() => () => clearTimeout(leaving.current), []);

  const stay = () => {
    clearTimeout(leaving.current);
    setOpen(true);
  };
  const leave = () => {
    leaving.current = setTimeout(() => setOpen(false), leaveMilliseconds);
  };
  return (
    <>
      <button
        ref={term}
        type="button"
        className={styles.term}
        aria-describedby={id}
        aria-expanded={open}
        onPointerEnter={(event) => {
          if (event.pointerType === "mouse") stay();
        }}
        onPointerLeave={(event) => {
          if (event.pointerType === "mouse") leave();
        }}
        onFocus={(event) => {
          if (event.currentTarget.matches(":focus-visible")) stay();
        }}
        onBlur={() => setOpen(false)}
        onClick={(event) => {
          // Inside a summary or a label, a click would also toggle that element.
          event.preventDefault();
          event.stopPropagation();
          const { nativeEvent } = event;
          // A mouse has already opened the note by hovering; touch and keyboard toggle it.
          const byMouse = nativeEvent instanceof PointerEvent && nativeEvent.pointerType === "mouse";
          setOpen((now) => byMouse || !now);
        }}
      >
        {children}
      </button>
      <span ref={note} id={id} popover="manual" role="tooltip" className={styles.note} onPointerEnter={stay} onPointerLeave={leave}>
        <b>{word}</b>: {meaning}.
      </span>
    </>
  );
}
