"use client";
/** Whether someone reads a list: the mouse is over it, or the keyboard is in it. */
import { type RefObject, useEffect, useState } from "react";

export function useReading(list: RefObject<HTMLElement | null>, isThere: boolean): boolean {
  const [isReading, setReading] = useState(false);
  useEffect(() => {
    const element = list.current;
    if (!isThere || element === null) return;
    let pointed = false;
    const settle = () => setReading(pointed || element.contains(document.activeElement));
    // A finger's pointer leaves with the finger, so that it holds nothing.
    const point = (event: PointerEvent) => {
      pointed = event.type === "pointerenter" && event.pointerType === "mouse";
      settle();
    };
    // The next element has the focus once this event is over.
    const focus = () => queueMicrotask(settle);
    element.addEventListener("pointerenter", point);
    element.addEventListener("pointerleave", point);
    element.addEventListener("focusin", focus);
    element.addEventListener("focusout", focus);
    return () => {
      element.removeEventListener("pointerenter", point);
      element.removeEventListener("pointerleave", point);
      element.removeEventListener("focusin", focus);
      element.removeEventListener("focusout", focus);
      setReading(false);
    };
  }, [list, isThere]);
  return isReading;
}
