"use client";
/** Changes that the viewer makes. A list shows their effect at once, also while its rows are held in place for reading. */
import { useEffect, useState } from "react";

/** Time for the change's answer and for the list that is read after it. */
const shownMilliseconds = 3_000;

const listeners = new Set<() => void>();

/** Call it when a change of the viewer has taken effect, or is taken back. */
export function noteOwnChange(): void {
  for (const listener of listeners) listener();
}

/** Returns a function that removes the listener. */
export function onOwnChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the viewer has just changed something. */
export function useOwnChange(): boolean {
  const [isRecent, setRecent] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listener = () => {
      setRecent(true);
      clearTimeout(timer);
      timer = setTimeout(() => setRecent(false), shownMilliseconds);
    };
    const leave = onOwnChange(listener);
    return () => {
      leave();
      clearTimeout(timer);
    };
  }, []);
  return isRecent;
}
