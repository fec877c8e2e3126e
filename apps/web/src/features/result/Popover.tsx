"use client";
/** A button with a floating panel below it. Escape closes the panel and returns the focus to the button; a click outside closes it too. */
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import styles from "./Popover.module.css";

interface PopoverProps {
  readonly button: string;
  readonly title: string;
  readonly buttonClassName: string | undefined;
  readonly children: ReactNode;
}

export function Popover({ button, title, buttonClassName, children }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    const closeOutside = (event: PointerEvent) => {
      if (root.current?.contains(event.target as Node) !== true) setOpen(false);
    };
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      trigger.current?.focus();
    };
    document.addEventListener("pointerdown", closeOutside);
    document.addEventListener("keydown", closeOnEscape);
    return () => {
      document.removeEventListener("pointerdown", closeOutside);
      document.removeEventListener("keydown", closeOnEscape);
    };
  }, [open]);

  return (
    <span ref={root} className={styles.root}>
      <button
        ref={trigger}
        type="button"
        className={buttonClassName}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open ? (
        <section id={id} aria-label={title} className={styles.panel}>
          {children}
        </section>
      ) : null}
    </span>
  );
}
