"use client";
/** Announces a tile to screen readers; while the pointer moves, only the tile on which it rests. */
import { useEffect, useState } from "react";

const restMilliseconds = 250;

export function useAnnouncement(words: string, sweeping: boolean): string {
  const [rested, setRested] = useState("");
  useEffect(() => {
    if (!sweeping) return;
    const timer = setTimeout(() => setRested(words), words === "" ? 0 : restMilliseconds);
    return () => clearTimeout(timer);
  }, [words, sweeping]);
  return sweeping ? rested : words;
}
