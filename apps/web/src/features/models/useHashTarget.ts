"use client";
/** Scrolls to the element named by the hash of the page's address, once its list has loaded. */
import { useEffect, useRef } from "react";

/**
 * @param ids IDs on this page of the list; undefined while it loads.
 * @param onMissing Loads the next page, if there is one.
 */
export function useHashTarget(ids: readonly string[] | undefined, onMissing: (() => void) | null): void {
  const known = ids?.join(" ");
  const loadNext = useRef(onMissing);
  loadNext.current = onMissing;
  // Once per page of the list, not at every refetch.
  useEffect(() => {
    const target = decodeURIComponent(window.location.hash.slice(1));
    if (known === undefined || target === "") return;
    if (known.split(" ").includes(target)) document.getElementById(target)?.scrollIntoView({ block: "start" });
    else loadNext.current?.();
  }, [known]);
}
