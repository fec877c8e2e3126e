"use client";
/** Text for screen readers. While the pointer moves over tiles, only the tile on which it stops is announced. */
import { useEffect, useState } from "react";

const delayMilliseconds = 250;

export function useAnnouncement(text: string, isHovering: boolean): string {
  const [delayedText, setDelayedText] = useState("");
  useEffect(() => {
    if (!isHovering) return;
    const timer = setTimeout(() => setDelayedText(text), text === "" ? 0 : delayMilliseconds);
    return () => clearTimeout(timer);
  }, [text, isHovering]);
  return isHovering ? delayedText : text;
}
