/** An event that happens at most once while a page is open, such as the end of the session. */
export interface Noted {
  has(): boolean;
  note(): void;
  /** Calls the listener when the event happens; returns a function that removes it. */
  onChange(listener: () => void): () => void;
}

export function createNoted(): Noted {
  let noted = false;
  const listeners = new Set<() => void>();
  return {
    has: () => noted,
    note: () => {
      if (noted) return;
      noted = true;
      for (const listener of listeners) listener();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
