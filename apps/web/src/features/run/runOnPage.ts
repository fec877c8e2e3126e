/** The run as its page's query loads it, for every part of that page. */
import type { RunPageQuery } from "../../graphql/generated/graphql.ts";

export type RunOnPage = Extract<NonNullable<RunPageQuery["node"]>, { __typename: "Run" }>;

/** An evolution: what the other kinds of run do without is there. */
export type EvolutionOnPage = RunOnPage & { readonly encoding: string; readonly generations: number; readonly offspring: number };

export function isEvolution(run: RunOnPage): run is EvolutionOnPage {
  return typeof run.encoding === "string" && typeof run.generations === "number" && typeof run.offspring === "number";
}
