"use client";
/** The bitmap cache of a component, closed when it unmounts, and the number of bitmaps loaded so far. */
import { useEffect, useState } from "react";
import { TileBitmaps } from "./tileBitmaps.ts";

export function useTileBitmaps(): readonly [TileBitmaps | null, number] {
  const [bitmaps, setBitmaps] = useState<TileBitmaps | null>(null);
  const [loadCount, setLoadCount] = useState(0);
  useEffect(() => {
    const opened = new TileBitmaps(() => setLoadCount((count) => count + 1));
    setBitmaps(opened);
    return () => opened.close();
  }, []);
  return [bitmaps, loadCount];
}
