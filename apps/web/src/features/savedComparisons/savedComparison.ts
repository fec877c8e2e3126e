/** A saved comparison as its page has it, and the address of the live comparison of the same runs. */
import type { SavedComparisonQuery } from "../../graphql/generated/graphql.ts";
import { comparisonAddress } from "../comparison/comparedRuns.ts";

export type SavedComparison = Extract<NonNullable<SavedComparisonQuery["node"]>, { readonly __typename: "SavedComparison" }>;
export type SavedImage = NonNullable<SavedComparison["rows"][number]["images"][number]>;

export function liveAddress({ entries, generation, baseline, lastGeneration }: SavedComparison): string {
  const address = comparisonAddress(entries.map(({ runs }) => runs.map(({ key }) => Number(key.replace("RUN-", "")))));
  const shown = generation >= 0 && generation < lastGeneration ? `&gen=${generation}` : "";
  return `${address}${shown}${baseline == null ? "" : `&baseline=${baseline}`}`;
}

/** The query that loads these fields of it. */
export function queryOfSaved(key: string, fields: string): string {
  return `query {\n  node(id: "${key}") {\n    ... on SavedComparison {\n      ${fields}\n    }\n  }\n}`;
}

const pages = { Elite: "elites", Trajectory: "trajectories", Perturbation: "perturbations" } as const;

/** The page of the result that the image comes from. */
export function addressOfResult({ resultType, resultId }: SavedImage): string {
  return `/${pages[resultType as keyof typeof pages]}/${resultId}`;
}
