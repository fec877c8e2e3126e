"use client";
/** A term with its definition in a tooltip, shown on hover, keyboard focus and tap; Escape hides it. */
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { type GlossaryTermId, glossaryTerms } from "./glossaryTerms.ts";
import styles from "./Term.module.css";

interface TermProps {
  readonly of: GlossaryTermId;
  readonly children: ReactNode;
}

/** Space between the note and the term, and between the note and the edge of the window, in CSS pixels. */
const gap = 8;
/** Time in which the pointer may move from the term to its note. */
const hideMilliseconds = 150;

export function Term({ of, children }: TermProps) {
  const { word, meaning } = glossaryTerms[of];
  const id = useId();
  const term = useRef<HTMLButtonElement>(null);
  const note = useRef<HTMLSpanElement>(null);
  const closeTimer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const tooltip = note.current;
    const anchor = term.current;
    if (tooltip === null || anchor === null || !open) return;
    tooltip.showPopover();
    const { left, bottom, top } = anchor.getBoundingClientRect();
    const { width, height } = tooltip.getBoundingClientRect();
    const fitsBelow = bottom + gap + height <= window.innerHeight;
    tooltip.style.left = `${Math.max(gap, Math.min(left, window.innerWidth - width - gap))}px`;
    tooltip.style.top = `${fitsBelow ? bottom + gap : Math.max(gap, top - gap - height)}px`;
    const close = () => setOpen(false);
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key === "Escape") close();
    };
    window.addEventListener("scroll", close, { passive: true, capture: true });
    window.addEventListener("keydown", closeOnEscape);
    return () => {
      window.removeEventListener("scroll", close, { capture: true });
      window.removeEventListener("keydown", closeOnEscape);
      if (tooltip.isConnected) tooltip.hidePopover();
    };
  }, [open]);
  useEffect(() => () => clearTimeout(closeTimer.current), []);

  const show = () => {
    clearTimeout(closeTimer.current);
    setOpen(true);
  };
  const hideLater = () => {
    closeTimer.current = setTimeout(() => setOpen(false), hideMilliseconds);
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
          if (event.pointerType === "mouse") show();
        }}
        onPointerLeave={(event) => {
          if (event.pointerType === "mouse") hideLater();
        }}
        onFocus={(event) => {
          if (event.currentTarget.matches(":focus-visible")) show();
        }}
        onBlur={() => setOpen(false)}
        onClick={(event) => {
          // Inside a summary or a label, a click would also toggle that element.
          event.preventDefault();
          event.stopPropagation();
          const { nativeEvent } = event;
          // A mouse has already opened the note by hovering; touch and keyboard toggle it.
          const byMouse = nativeEvent instanceof PointerEvent && nativeEvent.pointerType === "mouse";
          setOpen((current) => byMouse || !current);
        }}
      >
        {children}
      </button>
      <span ref={note} id={id} popover="manual" role="tooltip" className={styles.note} onPointerEnter={show} onPointerLeave={hideLater}>
        <b>{word}</b>: {meaning}.
      </span>
    </>
  );
}
