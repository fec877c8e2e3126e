"use client";
/** A modal dialog on the browser's dialog element, which traps the focus, closes on Escape and makes the page behind it inert. */
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import styles from "./Dialog.module.css";
import floatStyles from "./Float.module.css";

interface DialogProps {
  readonly title: string;
  readonly open: boolean;
  /** For editors of images. */
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The second click of a double click comes within this time. */
const doubleClickMilliseconds = 500;

export function Dialog({ title, open, wide = false, onClose, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const clickedAt = useRef(Number.NEGATIVE_INFINITY);
  const [shielded, setShielded] = useState(false);
  const titleId = useId();
  useEffect(() => {
    const dialog = element.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (open || !dialog.open) return;
    dialog.close();
    // The second click of a double click on a button that closes the dialog must not reach the page beneath.
    if (performance.now() - clickedAt.current > doubleClickMilliseconds) return;
    setShielded(true);
    const timer = setTimeout(() => setShielded(false), doubleClickMilliseconds);
    return () => {
      clearTimeout(timer);
      setShielded(false);
    };
  }, [open]);
  return (
    <>
      {shielded ? <div className={styles.clickShield} aria-hidden="true" /> : null}
      <dialog
        ref={element}
        className={`${styles.dialog} ${wide ? styles.wide : ""} ${floatStyles.float}`}
        aria-labelledby={titleId}
        onClose={(event) => {
          // React passes on the event of a dialog that this one contains.
          if (event.target === element.current) onClose();
        }}
        onClick={(event) => {
          clickedAt.current = performance.now();
          // Ignore the second click of a double click on the button that opened the dialog, which hits the backdrop.
          if (event.target === element.current && event.detail < 2) onClose();
        }}
      >
        {open ? (
          <div className={styles.dialogBody}>
            <h2 id={titleId} className="t18">
              {title}
            </h2>
            {children}
          </div>
        ) : null}
      </dialog>
    </>
  );
}
