"use client";
/** Keyboard in a grid of buttons: one of them takes part in the tab order, and the arrow keys, Home and End move the focus. */
import { type KeyboardEvent, useRef, useState } from "react";

/** @param count Number of buttons. */
export function useGridKeys(count: number) {
  const root = useRef<HTMLUListElement>(null);
  const [active, setActive] = useState(0);
  const tabStop = Math.min(active, count - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(root.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const top = buttons[0]?.offsetTop;
    const columns = Math.max(1, buttons.filter((button) => button.offsetTop === top).length);
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, Home: -tabStop, End: count }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(count - 1, tabStop + step));
    setActive(next);
    buttons[next]?.focus();
  };
  return {
    grid: { ref: root, onKeyDown },
    /** Props of the button at this place. */
    button: (place: number) => ({ tabIndex: place === tabStop ? 0 : -1, onFocus: () => setActive(place) }),
  };
}
