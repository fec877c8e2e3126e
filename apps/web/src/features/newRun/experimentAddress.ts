/** The experiment of a new run in the page's address: `experiment` is a key, `experimentName` the name of an experiment to create. */
import type { FoundExperiment } from "../experiments/useFindExperiment.ts";
import type { AddressReader } from "../marks/addressProblems.ts";
import type { AddressValues } from "./formAddress.ts";
import { type AddressProblems, readChoice } from "./methodAddress.ts";
import type { ExperimentChoice } from "./useExperimentStart.ts";

export const defaultExperimentName = "First run";

interface RequestedExperiment {
  readonly experiment: ExperimentChoice;
  readonly problems: AddressProblems;
}

/** @param fixed The experiment whose page contains the form; it overrides the address. */
export function experimentFromAddress(
  address: AddressReader,
  fixed: FoundExperiment | null,
  experiments: readonly FoundExperiment[],
): RequestedExperiment {
  if (fixed !== null) return { experiment: { id: fixed.id }, problems: {} };
  const name = address.get("experimentName");
  if (name !== null) return { experiment: { name }, problems: {} };
  const choices = experiments.map(({ id, key, name: label }) => ({ id, label: `${key} ${label}`, word: key }));
  const open = experiments.find(({ lock }) => lock == null);
  const usual = choices.find(({ id }) => id === open?.id);
  const { id, problems } = readChoice("experiment", address, choices, usual);
  return { experiment: id === "" ? { name: defaultExperimentName } : { id }, problems };
}

/** The address parameters that `experimentFromAddress` reads. */
export function experimentValues(
  experiment: ExperimentChoice,
  fixed: FoundExperiment | null,
  experiments: readonly FoundExperiment[],
): AddressValues {
  if (fixed !== null) return {};
  if ("name" in experiment) return { experiment: null, experimentName: experiment.name };
  return { experiment: experiments.find(({ id }) => id === experiment.id)?.key ?? null, experimentName: null };
}
