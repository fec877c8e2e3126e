/** Assigns positions to the options of a trial. */
import type { Random } from "@pareidolia/core/random";
import { shuffled } from "../draws.ts";

export interface Arranged {
  readonly options: readonly number[];
  readonly target: number;
}

/** The target at its place, the foils in random order around it. */
export function arrangeTrial(target: number, foils: readonly number[], place: number, random: Random): Arranged {
  const options = shuffled(foils, random);
  options.splice(place, 0, target);
  return { options, target: place };
}

/**
 * An order of all options that a voter keeps over all trials.
 * @returns a function that arranges the options of a trial.
 */
export function voterArrangement(all: readonly number[], random: Random): (target: number, foils: readonly number[]) => Arranged {
  const rank = new Map(shuffled(all, random).map((option, index) => [option, index]));
  return (target, foils) => {
    const options = [target, ...foils].sort((one, other) => (rank.get(one) ?? 0) - (rank.get(other) ?? 0));
    return { options, target: options.indexOf(target) };
  };
}
