/** Whether the API has refused one of a client's requests because its session ended. */
import { clientState } from "./clientState.ts";

export interface SessionEnd {
  has(): boolean;
  note(): void;
  /** Calls the listener once the session has ended; returns a function that removes it. */
  onChange(listener: () => void): () => void;
}

function createSessionEnd(): SessionEnd {
  let ended = false;
  const listeners = new Set<() => void>();
  return {
    has: () => ended,
    note: () => {
      if (ended) return;
      ended = true;
      for (const listener of listeners) listener();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const sessionEndOf = clientState(createSessionEnd);
