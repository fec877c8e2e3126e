"use client";
/** The configuration whose trajectories are shown: the one that the address names, or else the best. Each choice is a step back. */
import { useQueryState } from "nuqs";
import { parseAsWholeNumber } from "../marks/wholeNumberParser.ts";
import type { Standing } from "./standings.ts";

export interface ChosenConfiguration {
  /** Null while neither is known. */
  readonly shown: number | null;
  /** Whether the address names it. */
  readonly isChosen: boolean;
  choose(index: number): void;
}

export function useChosenConfiguration(standings: readonly Standing[] | null): ChosenConfiguration {
  const [asked, setAsked] = useQueryState("configuration", parseAsWholeNumber.withOptions({ history: "push" }));
  const isChosen = asked !== null && (standings === null || asked < standings.length);
  const best = standings?.find(({ rank, stored }) => rank === 1 && stored > 0)?.index ?? null;
  return { shown: isChosen ? asked : best, isChosen, choose: (index) => void setAsked(index) };
}
