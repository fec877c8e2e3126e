/** A retention rule: which runs of a workspace a clean-up trashes, trims or deletes, and after how many days. */
import type { RunState } from "@pareidolia/core/runState";

/**
 * DELETE_TRASHED deletes from the trash for good, TRASH_RUNS moves runs to the trash, and TRIM_RUNS removes the replaced elites of evolutions
 * with their genomes: the archive, its scores, the statistics and the chain of hashes stay, but not the archives of earlier generations.
 */
export const retentionActions = ["DELETE_TRASHED", "TRASH_RUNS", "TRIM_RUNS"] as const;
export type RetentionAction = (typeof retentionActions)[number];

/** 1 day to ten years. */
export const daysRange = { least: 1, most: 3650 } as const;

/** The states that a rule may name: a run that waits, runs or is paused is never the object of a rule. */
export const statesOf: Readonly<Record<RetentionAction, readonly RunState[]>> = {
  DELETE_TRASHED: [],
  TRASH_RUNS: ["SUCCEEDED", "FAILED", "CANCELLED", "CRASHED"],
  // Failed and crashed runs can be resumed, for which they need their genomes.
  TRIM_RUNS: ["SUCCEEDED", "CANCELLED"],
};

export interface RetentionConditions {
  readonly action: RetentionAction;
  /** Since the run ended, or since it was trashed. */
  readonly days: number;
  /** Only runs in these states; empty for all that the action permits. Of DELETE_TRASHED, this and the following are not used. */
  readonly states: readonly RunState[];
  /** Only runs of these kinds; empty for all. */
  readonly kinds: readonly string[];
  /** Only archived runs, or only others; null for both. */
  readonly archived: boolean | null;
  /** Only runs without this tag; null for no condition. */
  readonly withoutTag: string | null;
  /** Leave runs alone that any member has pinned. */
  readonly keepPinned: boolean;
}

export interface RetentionRuleRecord extends RetentionConditions {
  readonly id: string;
  readonly workspaceId: string;
  /** Null once the account is deleted. */
  readonly createdById: string | null;
  readonly enabled: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** When a clean-up last applied it; null before the first time. */
  readonly appliedAt: Date | null;
  /** Why the last application failed; null if it succeeded. */
  readonly failure: string | null;
  /** Of the last application that had anything to do; null before the first. */
  readonly actedAt: Date | null;
  readonly actedItems: number;
  readonly actedRows: number;
  readonly actedBytes: number;
}
