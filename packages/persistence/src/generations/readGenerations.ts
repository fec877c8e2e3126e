/** Reads the statistics of a run's generations. */
import type { GenerationStatistics } from "@pareidolia/core/generationStatistics";
import type { Connection } from "../database/database.ts";
import { Prisma } from "../generated/client.ts";

export interface GenerationRecord extends GenerationStatistics {
  readonly runId: string;
}

export interface MilestoneRecord {
  readonly runId: string;
  readonly confidence: number;
  readonly reached: number;
  readonly medianGeneration: number | null;
}

const milestoneConfidences: readonly number[] = [0.5, 0.9, 0.99, 0.999, 0.9999];

/** Generations `from` to `to`, both included, in order. */
export function findGenerations(
  connection: Connection,
  input: { runIds: readonly string[]; from: number; to?: number },
): Promise<GenerationRecord[]> {
  const until = input.to === undefined ? Prisma.empty : Prisma.sql`AND g.generation <= ${input.to}`;
  return connection.$queryRaw<GenerationRecord[]>`
    SELECT g.run_id AS "runId", g.generation, g.median, g.mean, g.minimum, g.maximum, g.jumps, g.filled, g.evaluations
    FROM generations g WHERE g.run_id = ANY (${[...input.runIds]}) AND g.generation >= ${input.from} ${until}
    ORDER BY g.run_id, g.generation`;
}

export function findMilestones(connection: Connection, runIds: readonly string[]): Promise<MilestoneRecord[]> {
  return connection.$queryRaw<MilestoneRecord[]>`
    SELECT r.id AS "runId", level.confidence,
      (SELECT count(*)::int FROM elites e WHERE e.run_id = r.id AND e.replaced_at IS NULL AND e.stored_fitness >= level.confidence) AS reached,
      (SELECT min(g.generation) FROM generations g WHERE g.run_id = r.id AND g.median >= level.confidence) AS "medianGeneration"
    FROM runs r CROSS JOIN unnest(${[...milestoneConfidences]}::double precision[]) AS level(confidence)
    WHERE r.id = ANY (${[...runIds]}) ORDER BY r.id, level.confidence`;
}
