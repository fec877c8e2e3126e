"use client";
/** Whether the introduction is shown in this browser: until somebody hides it. */
import { useSyncExternalStore } from "react";

const key = "pareidolia.introductionHidden";
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useIntroduction(): { readonly shown: boolean; hide(): void } {
  const shown = useSyncExternalStore(
    subscribe,
    () => window.localStorage.getItem(key) === null,
    () => false,
  );
  const hide = () => {
    window.localStorage.setItem(key, "1");
    for (const listener of listeners) listener();
  };
  return { shown, hide };
}
