/** A run with the fields that its page loads. */
import type { RunPageQuery } from "../../graphql/generated/graphql.ts";
import type { RunType } from "../../graphql/runTypes.ts";

type OfType<Type extends RunType> = Extract<NonNullable<RunPageQuery["node"]>, { __typename: Type }>;

export type RunOnPage = OfType<RunType>;
export type EvolutionOnPage = OfType<"EvolutionRun">;
export type AscentOnPage = OfType<"AscentRun">;
export type PerturbationOnPage = OfType<"PerturbationRun">;
export type RetrainingOnPage = OfType<"RetrainingRun">;
export type ImportedOnPage = OfType<"ImportedRun">;

/** The last generation in the checkpoint; null before the first one and for other kinds of runs. */
export function lastGenerationOf(run: RunOnPage): number | null {
  return run.__typename === "EvolutionRun" ? (run.generation ?? null) : null;
}
