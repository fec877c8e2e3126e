"use client";
/** The keyboard and pointer of a menu behind a button: arrow keys move, Escape and a click elsewhere close, and so does a navigation. */
import { type RefObject, useEffect, useRef, useState } from "react";
import { usePathname } from "../addresses/navigation.ts";

interface OpenMenu {
  readonly open: boolean;
  setOpen(open: boolean): void;
  /** The element that contains the button and the menu. */
  readonly root: RefObject<HTMLDivElement | null>;
  readonly button: RefObject<HTMLButtonElement | null>;
}

/** `ready` is whether the items are loaded. The first one then gets the focus. */
export function useMenu(ready = true): OpenMenu {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const pathname = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each navigation closes the menu
  useEffect(() => setOpen(false), [pathname]);
  useEffect(() => {
    if (!open) return;
    const items = () => Array.from(root.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? []);
    if (ready) items()[0]?.focus();
    const onPointerDown = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const all = items();
      const at = all.indexOf(document.activeElement as HTMLElement);
      if (event.key === "Escape") {
        setOpen(false);
        button.current?.focus();
      } else if (event.key === "Tab") setOpen(false);
      else if (event.key === "ArrowDown") all[(at + 1) % all.length]?.focus();
      else if (event.key === "ArrowUp") all.at(at - 1)?.focus();
      else return;
      if (event.key !== "Tab") event.preventDefault();
    };
    document.addEventListener("pointerdown", onPointerDown);
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("pointerdown", onPointerDown);
      document.removeEventListener("keydown", onKeyDown);
    };
  }, [open, ready]);
  return { open, setOpen, root, button };
}
