/** Reads the statistics of generations, and when runs reached each milestone. */
import type { GenerationStatistics } from "@pareidolia/core/generationStatistics";
import type { Connection } from "../../server/database/database.ts";
import { liveRuns } from "../../server/scope/live.ts";

export type GenerationRecord = GenerationStatistics & { readonly runId: string };

export interface MilestoneRecord {
  readonly runId: string;
  readonly confidence: number;
  readonly reached: number;
  readonly medianGeneration: number | null;
}

const milestoneConfidences: readonly number[] = [0.5, 0.9, 0.99, 0.999, 0.9999];

/** Generations `from` to `to`, inclusive, by run and generation. */
export function findGenerations(
  connection: Connection,
  { runIds, from, to }: { readonly runIds: readonly string[]; readonly from: number; readonly to?: number },
): Promise<GenerationRecord[]> {
  // A constraint of the table requires all four confidences of stored images or none.
  return connection.generation.findMany({
    where: { runId: { in: [...runIds] }, generation: { gte: from, ...(to === undefined ? {} : { lte: to }) } },
    orderBy: [{ runId: "asc" }, { generation: "asc" }],
  }) as Promise<GenerationRecord[]>;
}

export function findMilestones(connection: Connection, runIds: readonly string[]): Promise<MilestoneRecord[]> {
  return connection.$queryRaw<MilestoneRecord[]>`
    SELECT r.id AS "runId", level.confidence,
      (SELECT count(*)::int FROM elites e WHERE e.run_id = r.id AND e.replaced_at IS NULL AND e.stored_fitness >= level.confidence) AS reached,
      (SELECT min(g.generation) FROM generations g WHERE g.run_id = r.id AND g.median >= level.confidence) AS "medianGeneration"
    FROM ${liveRuns} r CROSS JOIN unnest(${[...milestoneConfidences]}::double precision[]) AS level(confidence)
    WHERE r.id = ANY (${[...runIds]}) ORDER BY r.id, level.confidence`;
}
