/** The page that was asked for while the browser was offline. Next keeps the present page until it can load the other one. */
import { isOffline } from "../marks/noAnswer.ts";

const listeners = new Set<() => void>();
let awaited: string | null = null;

function set(path: string | null): void {
  awaited = path;
  for (const listener of listeners) listener();
}

/** @param url the address to which a navigation starts, absolute or relative to the present page */
export function noteNavigation(url: string): void {
  const { pathname } = new URL(url, location.href);
  set(isOffline() && pathname !== location.pathname ? pathname : null);
}

export const awaitedPage = {
  /** Its path; null if none was asked for. */
  find: () => awaited,
  onChange(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
