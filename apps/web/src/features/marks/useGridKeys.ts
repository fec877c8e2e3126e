"use client";
/** The arrow keys, Home and End move the focus in a grid of buttons, of which Tab reaches one. */
import { type KeyboardEvent, type RefObject, useRef, useState } from "react";

interface GridKeys<Root extends HTMLElement> {
  readonly root: RefObject<Root | null>;
  /** Index of the button that Tab reaches. */
  readonly tabStop: number;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: (index: number) => void;
}

export function useGridKeys<Root extends HTMLElement = HTMLDivElement>(length: number): GridKeys<Root> {
  const root = useRef<Root>(null);
  const [active, setActive] = useState(0);
  const tabStop = Math.min(active, length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const buttons = [...(root.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const top = buttons[0]?.offsetTop;
    const columns = Math.max(1, buttons.filter((button) => button.offsetTop === top).length);
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, Home: -tabStop, End: buttons.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(buttons.length - 1, tabStop + step));
    setActive(next);
    buttons[next]?.focus();
  };
  return { root, tabStop, onKeyDown, onFocus: setActive };
}
