"use client";
/** Changes that the viewer makes. A list shows their effect at once, also while its rows are held in place for reading. */
import { useEffect, useState } from "react";

/** The least time for the change's answer and for the list that is read after it. */
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

/** Whether the viewer has just changed something: for three seconds, and then until a key is pressed or the pointer moves. */
export function useOwnChange(): boolean {
  const [isRecent, setRecent] = useState(false);
  useEffect(() => {
    let waiting = new AbortController();
    const forgetAtNextMove = (signal: AbortSignal) => {
      const forget = () => setRecent(false);
      window.addEventListener("pointermove", forget, { signal, once: true });
      window.addEventListener("keydown", forget, { signal, once: true });
    };
    const leave = onOwnChange(() => {
      waiting.abort();
      waiting = new AbortController();
      const { signal } = waiting;
      setRecent(true);
      const timer = setTimeout(() => forgetAtNextMove(signal), shownMilliseconds);
      signal.addEventListener("abort", () => clearTimeout(timer));
    });
    return () => {
      leave();
      waiting.abort();
    };
  }, []);
  return isRecent;
}
