"use client";
/** Whether the browser is offline, as React state. */
import { useSyncExternalStore } from "react";
import { isOffline } from "../marks/noAnswer.ts";

const events = ["online", "offline"] as const;

function onChange(listener: () => void): () => void {
  for (const event of events) window.addEventListener(event, listener);
  return () => {
    for (const event of events) window.removeEventListener(event, listener);
  };
}

export function useOffline(): boolean {
  return useSyncExternalStore(onChange, isOffline, () => false);
}
