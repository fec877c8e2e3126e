/** An event that happens at most once while a page is open, such as the end of the session. */
export interface OneTimeEvent {
  has(): boolean;
  note(): void;
  /** Calls the listener when the event happens; returns a function that removes it. */
  onChange(listener: () => void): () => void;
}

export function createOneTimeEvent(): OneTimeEvent {
  let happened = false;
  const listeners = new Set<() => void>();
  return {
    has: () => happened,
    note: () => {
      if (happened) return;
      happened = true;
      for (const listener of listeners) listener();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
