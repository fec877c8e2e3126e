"use client";
/** Whether the voter's device is set to reduce motion. */
import { useSyncExternalStore } from "react";

const query = "(prefers-reduced-motion: reduce)";

function onChange(listener: () => void): () => void {
  const media = window.matchMedia(query);
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}

export function useReducedMotion(): boolean {
  return useSyncExternalStore(
    onChange,
    () => window.matchMedia(query).matches,
    () => false,
  );
}
