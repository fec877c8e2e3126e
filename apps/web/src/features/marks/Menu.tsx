"use client";
/**
 * A menu behind a button with three dots, or with a text: arrow keys move, Escape and a click elsewhere close, and the focus returns to the
 * button. It lists what the user's role permits, and is absent if that is nothing.
 */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import type { MutationName } from "../../graphql/generated/mutationNames.ts";
import { usePermissions } from "../permissions/usePermissions.ts";
import floatStyles from "./Float.module.css";
import styles from "./Menu.module.css";

export interface MenuItem {
  readonly label: string;
  /** What the action ends, below its label. */
  readonly note?: string | undefined;
  /** For a change. */
  readonly needs?: MutationName;
  onSelect(): void;
}

interface MenuProps {
  readonly label: string;
  /** On the button, instead of the dots. */
  readonly text?: string;
  readonly items: readonly MenuItem[];
}

export function Menu({ label, text, items }: MenuProps) {
  const { may } = usePermissions();
  const offered = items.filter(({ needs }) => needs === undefined || may(needs));
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const menuId = useId();
  const itemElements = () => [...(root.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  useEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    const closeOutside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", closeOutside);
    return () => document.removeEventListener("pointerdown", closeOutside);
  }, [open]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const elements = itemElements();
    const current = elements.indexOf(document.activeElement as HTMLElement);
    const target = {
      ArrowDown: elements[(current + 1) % elements.length],
      ArrowUp: elements[(current - 1 + elements.length) % elements.length],
      Home: elements[0],
      End: elements.at(-1),
    }[event.key];
    if (event.key === "Escape") close();
    else if (event.key === "Tab") setOpen(false);
    else if (target !== undefined) target.focus();
    else return;
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  };
  if (offered.length === 0) return null;
  return (
    <div ref={root} className={styles.menu}>
      <button
        ref={button}
        type="button"
        className={text === undefined ? styles.button : styles.textButton}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? menuId : undefined}
        aria-label={text === undefined || label.includes(text) ? label : `${label}: ${text}`}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" || open) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <span aria-hidden="true">{text ?? "•••"}</span>
      </button>
      {open ? (
        <div
          id={menuId}
          role="menu"
          tabIndex={-1}
          aria-label={label}
          className={`${floatStyles.float} ${styles.list}`}
          onKeyDown={onKeyDown}
        >
          {offered.map((item, i) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: two views may have one name, and the items keep their order
              key={i}
              type="button"
              role="menuitem"
              tabIndex={-1}
              data-needs={item.needs}
              onClick={() => {
                close();
                item.onSelect();
              }}
            >
              {item.label}
              {item.note === undefined ? null : <span className="t12 muted">{item.note}</span>}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
