"use client";
/** Words for a screen reader. While a pointer sweeps over many tiles only the one where it rests is announced. */
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
