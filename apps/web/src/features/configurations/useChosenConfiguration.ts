"use client";
/**
 * The configuration whose trajectories are shown: the one that the address names, or else the one that led when somebody began to
 * look; it stays although another takes the lead. Each choice is a step back.
 */
import { useQueryState } from "nuqs";
import { useState } from "react";
import { parseAsWholeNumber } from "../marks/wholeNumberParser.ts";
import { bestOf, type Standing } from "./standings.ts";

export interface ChosenConfiguration {
  /** Null while neither is known. */
  readonly shown: number | null;
  /** Whether the address names it. */
  readonly isChosen: boolean;
  /** The best as things stand; null while nothing is stored. */
  readonly best: number | null;
  choose(index: number): void;
}

export function useChosenConfiguration(standings: readonly Standing[] | null): ChosenConfiguration {
  const [asked, setAsked] = useQueryState("configuration", parseAsWholeNumber.withOptions({ history: "push" }));
  const [held, setHeld] = useState<number | null>(null);
  const isChosen = asked !== null && (standings === null || asked < standings.length);
  const best = standings === null ? null : bestOf(standings);
  const holds = held ?? (isChosen ? null : best);
  if (holds !== held) setHeld(holds);
  const shown = isChosen ? asked : holds;
  return {
    shown,
    isChosen,
    best,
    choose: (index) => {
      if (isChosen && index === asked) return;
      // What is shown already stays so: naming it is no step to go back to.
      void setAsked(index, { history: index === shown ? "replace" : "push" });
    },
  };
}
