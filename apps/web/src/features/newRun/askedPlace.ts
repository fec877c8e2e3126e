/** A run's experiment in the address: `experiment` holds a key, `experimentName` the name of an experiment to create. */
import type { FoundExperiment } from "../experiments/useFindExperiment.ts";
import type { AddressReader } from "../marks/addressProblems.ts";
import { type AskedProblems, pick } from "./askedValues.ts";
import type { AddressValues } from "./formAddress.ts";
import type { ExperimentWanted } from "./useExperimentStart.ts";

export const firstExperimentName = "First run";

interface AskedPlace {
  readonly place: ExperimentWanted;
  readonly problems: AskedProblems;
}

/** `given`, the experiment whose page contains the form, overrides the address. */
export function askedPlace(asked: AddressReader, given: FoundExperiment | null, experiments: readonly FoundExperiment[]): AskedPlace {
  if (given !== null) return { place: { id: given.id }, problems: {} };
  const name = asked.get("experimentName");
  if (name !== null) return { place: { name }, problems: {} };
  const choices = experiments.map(({ id, key, name: label }) => ({ id, label: `${key} ${label}`, word: key }));
  const { id, problems } = pick("experiment", asked, choices, choices[0]);
  return { place: id === "" ? { name: firstExperimentName } : { id }, problems };
}

/** The parameters that `askedPlace` reads. */
export function placeValues(
  place: ExperimentWanted,
  given: FoundExperiment | null,
  experiments: readonly FoundExperiment[],
): AddressValues {
  if (given !== null) return {};
  if ("name" in place) return { experiment: null, experimentName: place.name };
  return { experiment: experiments.find(({ id }) => id === place.id)?.key ?? null, experimentName: null };
}
