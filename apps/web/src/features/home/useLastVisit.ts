"use client";
/** The time of this browser's previous visit to the workspace's home page; null on the first visit. */
import { useEffect, useState } from "react";
import { useWorkspaceSlug } from "../addresses/navigation.ts";

export function useLastVisit(): Date | null {
  const key = `pareidolia.home.left ${useWorkspaceSlug()}`;
  const [lastVisit, setLastVisit] = useState<Date | null>(null);
  useEffect(() => {
    const stored = localStorage.getItem(key);
    if (stored !== null) setLastVisit(new Date(stored));
    const saveVisit = () => localStorage.setItem(key, new Date().toISOString());
    window.addEventListener("pagehide", saveVisit);
    return () => {
      saveVisit();
      window.removeEventListener("pagehide", saveVisit);
    };
  }, [key]);
  return lastVisit;
}
