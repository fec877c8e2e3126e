/** The parts of a comparison as its sections take them, from runs as they are now or from a saved comparison. */
import type { ComparedArchives, RunComparison } from "./useComparison.ts";

type LiveEntry = RunComparison["entries"][number];

export interface ComparedEntries {
  readonly entries: readonly {
    readonly name: string;
    readonly runs: readonly { readonly key: string }[];
    /** Absent from saved comparisons. */
    readonly recognition?: LiveEntry["recognition"];
  }[];
}

export type ComparedSettings = ComparedEntries & Pick<RunComparison, "parameters">;
export type ComparedClaims = ComparedEntries & Pick<RunComparison, "claims">;
/** Older saved comparisons have none. */
export type ComparedOutcomes = ComparedEntries & { readonly outcomes?: RunComparison["outcomes"] | null };
export type ComparedCurves = ComparedEntries & Pick<RunComparison, "curves" | "lastGeneration">;
export type ComparedReaches = ComparedEntries & Pick<RunComparison, "reach" | "lastGeneration">;
export type ComparedFiguresAt = Pick<ComparedArchives, "generation" | "figures">;

/** Writes the GraphQL query that loads these fields. */
export type WriteQuery = (fields: string, generation?: number | null) => string;
