"use client";
/** The time of this browser's previous visit to the home page; null on the first visit. */
import { useEffect, useState } from "react";

const key = "pareidolia.home.left";

export function useLastVisit(): Date | null {
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
  }, []);
  return lastVisit;
}
