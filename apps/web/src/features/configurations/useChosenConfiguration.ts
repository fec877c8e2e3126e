"use client";
/**
 * The configuration whose trajectories are shown: the one named in the address or, by default, the best when the page loaded. The default
 * stays even if another configuration becomes the best. Each choice adds an entry to the browser's history.
 */
import { useQueryState } from "nuqs";
import { useState } from "react";
import { parseAsWholeNumber } from "../marks/wholeNumberParser.ts";
import { bestOf, type Standing } from "./standings.ts";

export interface ChosenConfiguration {
  /** Index of the configuration; null until it is known. */
  readonly shown: number | null;
  /** Whether the address names it. */
  readonly isChosen: boolean;
  /** The best configuration now; null while nothing is stored. */
  readonly best: number | null;
  choose(index: number): void;
}

export function useChosenConfiguration(standings: readonly Standing[] | null): ChosenConfiguration {
  const [requested, setRequested] = useQueryState("configuration", parseAsWholeNumber.withOptions({ history: "push" }));
  const [initialBest, setInitialBest] = useState<number | null>(null);
  const isChosen = requested !== null && (standings === null || requested < standings.length);
  const best = standings === null ? null : bestOf(standings);
  const defaultChoice = initialBest ?? (isChosen ? null : best);
  if (defaultChoice !== initialBest) setInitialBest(defaultChoice);
  const shown = isChosen ? requested : defaultChoice;
  return {
    shown,
    isChosen,
    best,
    choose: (index) => {
      if (isChosen && index === requested) return;
      // Choosing the default changes nothing on the page, so it adds no history entry.
      void setRequested(index, { history: index === shown ? "replace" : "push" });
    },
  };
}
