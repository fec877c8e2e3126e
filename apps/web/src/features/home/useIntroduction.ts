"use client";
/** Whether this browser shows the introduction: until the user hides it. */
import { useSyncExternalStore } from "react";

const key = "pareidolia.introductionHidden";
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useIntroduction(): { readonly isShown: boolean; hide(): void } {
  const isShown = useSyncExternalStore(
    subscribe,
    () => window.localStorage.getItem(key) === null,
    () => false,
  );
  const hide = () => {
    window.localStorage.setItem(key, "1");
    for (const listener of listeners) listener();
  };
  return { isShown, hide };
}
