"use client";
/** Bitmaps that live as long as the component, and a count that grows when one arrives. */
import { useEffect, useState } from "react";
import { TileBitmaps } from "./tileBitmaps.ts";

export function useTileBitmaps(): readonly [TileBitmaps | null, number] {
  const [bitmaps, setBitmaps] = useState<TileBitmaps | null>(null);
  const [arrivals, setArrivals] = useState(0);
  useEffect(() => {
    const opened = new TileBitmaps(() => setArrivals((count) => count + 1));
    setBitmaps(opened);
    return () => opened.close();
  }, []);
  return [bitmaps, arrivals];
}
