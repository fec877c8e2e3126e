"use client";
/** Which niches improved within the last moment, and how strongly each still glows. Nothing glows in a replay or with reduced motion. */
import { useEffect, useRef, useState } from "react";
import type { TileEliteFragment } from "../../graphql/generated/graphql.ts";

const glowMilliseconds = 900;
/** The first part at full strength, then fading, as the tiles of a small archive do. */
const steadyShare = 0.4;

function strengthAt(age: number): number {
  return Math.min(1, (1 - age / glowMilliseconds) / (1 - steadyShare));
}

/** Niche -> strength from above 0 to 1. */
export type Glows = ReadonlyMap<number, number>;
const none: Glows = new Map();

export function useGlows(elites: readonly TileEliteFragment[], on: boolean): Glows {
  const best = useRef<Map<number, number> | null>(null);
  const begun = useRef(new Map<number, number>());
  const frame = useRef(0);
  const [glows, setGlows] = useState<Glows>(none);

  useEffect(() => {
    const before = best.current;
    best.current = new Map(elites.map(({ niche, storedFitness }) => [niche, storedFitness]));
    if (!on || before === null || window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const now = performance.now();
    for (const { niche, storedFitness } of elites) if (storedFitness > (before.get(niche) ?? 0)) begun.current.set(niche, now);
    const step = () => {
      const time = performance.now();
      for (const [niche, since] of begun.current) if (time - since >= glowMilliseconds) begun.current.delete(niche);
      setGlows(begun.current.size === 0 ? none : new Map([...begun.current].map(([niche, since]) => [niche, strengthAt(time - since)])));
      frame.current = begun.current.size === 0 ? 0 : requestAnimationFrame(step);
    };
    if (begun.current.size > 0 && frame.current === 0) frame.current = requestAnimationFrame(step);
  }, [elites, on]);
  useEffect(
    () => () => {
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    },
    [],
  );
  return on ? glows : none;
}
