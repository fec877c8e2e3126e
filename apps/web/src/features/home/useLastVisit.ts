"use client";
/** When this browser showed home the last time before this one; null at the first time. */
import { useEffect, useState } from "react";

const key = "pareidolia.home.left";

export function useLastVisit(): Date | null {
  const [last, setLast] = useState<Date | null>(null);
  useEffect(() => {
    const stored = localStorage.getItem(key);
    if (stored !== null) setLast(new Date(stored));
    const leave = () => localStorage.setItem(key, new Date().toISOString());
    window.addEventListener("pagehide", leave);
    return () => {
      leave();
      window.removeEventListener("pagehide", leave);
    };
  }, []);
  return last;
}
