"use client";
/** Niches that improved recently, with the strength of their glow. Nothing glows in a replay or with reduced motion. */
import { useEffect, useRef, useState } from "react";
import type { TileEliteFragment } from "../../graphql/generated/graphql.ts";

const glowMilliseconds = 900;
/** The glow has full strength for this share of its duration, then fades, like the tiles of a small archive. */
const steadyShare = 0.4;

function strengthAt(age: number): number {
  return Math.min(1, (1 - age / glowMilliseconds) / (1 - steadyShare));
}

/** Strength of the glow by niche, above 0 and up to 1. */
export type Glows = ReadonlyMap<number, number>;
const noGlows: Glows = new Map();

export function useGlows(elites: readonly TileEliteFragment[], isOn: boolean): Glows {
  const best = useRef<Map<number, number> | null>(null);
  const startTimes = useRef(new Map<number, number>());
  const frame = useRef(0);
  const [glows, setGlows] = useState<Glows>(noGlows);

  useEffect(() => {
    const before = best.current;
    best.current = new Map(elites.map(({ niche, storedConfidence }) => [niche, storedConfidence]));
    if (!isOn || before === null || window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const now = performance.now();
    for (const { niche, storedConfidence } of elites) if (storedConfidence > (before.get(niche) ?? 0)) startTimes.current.set(niche, now);
    const step = () => {
      const time = performance.now();
      for (const [niche, since] of startTimes.current) if (time - since >= glowMilliseconds) startTimes.current.delete(niche);
      setGlows(
        startTimes.current.size === 0
          ? noGlows
          : new Map([...startTimes.current].map(([niche, since]) => [niche, strengthAt(time - since)])),
      );
      frame.current = startTimes.current.size === 0 ? 0 : requestAnimationFrame(step);
    };
    if (startTimes.current.size > 0 && frame.current === 0) frame.current = requestAnimationFrame(step);
  }, [elites, isOn]);
  useEffect(
    () => () => {
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    },
    [],
  );
  return isOn ? glows : noGlows;
}
