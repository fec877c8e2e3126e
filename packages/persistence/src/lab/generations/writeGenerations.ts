/**
 * Writes an evolution's generations in the run's fenced transaction: genomes with their images and scores, elites and statistics. Ids
 * follow from the rows' content, and each table needs one statement for all rows.
 */
import type { StoredStatistics } from "@pareidolia/core/generationStatistics";
import type { Connection } from "../../server/database/database.ts";
import { type Address, eliteIdOf } from "../../server/database/deterministicIds.ts";
import { type NewGenome, writeGenomes } from "../genomes/writeGenomes.ts";
import { writeImages } from "../images/writeImages.ts";
import type { CheckpointEvent } from "../runs/runEvents.ts";
import { writeScores } from "../scores/writeScores.ts";

export interface NewElite extends Address {
  readonly niche: number;
  readonly fitness: number;
  readonly storedFitness: number;
  /** The generation in which it lost the niche, if it is one of those written here; null otherwise. */
  readonly replacedAt: number | null;
}

export interface NewStatistics extends StoredStatistics {
  /** Of the run's hash chain; null in a run that began before there was one. */
  readonly chainHash: string | null;
}

export interface NewGenerations {
  readonly runId: string;
  readonly modelId: string;
  /** The last generation of the previous checkpoint; -1 before the first. */
  readonly after: number;
  readonly statistics: readonly NewStatistics[];
  readonly genomes: readonly NewGenome[];
  readonly elites: readonly NewElite[];
}

/** Marks the stored elites as replaced whose niches the new elites took. */
async function replaceElites(connection: Connection, { runId, elites, after }: NewGenerations): Promise<void> {
  if (elites.length === 0) return;
  const firstTaken = new Map<number, number>();
  for (const { niche, generation } of elites) firstTaken.set(niche, Math.min(generation, firstTaken.get(niche) ?? generation));
  await connection.$executeRaw`
    UPDATE elites e SET replaced_at = taken.generation
    FROM unnest(${[...firstTaken.keys()]}::int[], ${[...firstTaken.values()]}::int[]) AS taken (niche, generation)
    WHERE e.run_id = ${runId} AND e.niche = taken.niche AND e.replaced_at IS NULL AND e.generation <= ${after}`;
}

export async function insertElites(connection: Connection, { runId, elites }: Pick<NewGenerations, "runId" | "elites">): Promise<void> {
  if (elites.length === 0) return;
  const rows = elites.map(({ niche, generation, index, replacedAt, fitness, storedFitness }) => ({
    id: eliteIdOf(runId, niche, generation),
    niche,
    generation,
    index,
    replacedAt,
    fitness,
    storedFitness,
  }));
  await connection.$executeRaw`
    INSERT INTO elites (id, run_id, workspace_id, experiment_id, model_id, method, genome_id, niche, generation, replaced_at, fitness,
      stored_fitness, created_at)
    SELECT n.id, r.id, r.workspace_id, r.experiment_id, r.model_id, r.method, g.id, n.niche, n.generation, n."replacedAt", n.fitness,
      n."storedFitness", g.created_at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n (
      id text, niche int, generation int, index int, "replacedAt" int, fitness float8, "storedFitness" float8
    )
    JOIN runs r ON r.id = ${runId} JOIN genomes g ON g.run_id = ${runId} AND g.generation = n.generation AND g.index = n.index`;
}

async function writeStatistics(connection: Connection, { runId, statistics }: NewGenerations): Promise<void> {
  if (statistics.length === 0) return;
  await connection.$executeRaw`
    INSERT INTO generations (run_id, generation, median, mean, minimum, maximum, search_median, search_mean, search_minimum, search_maximum,
      jumps, filled, evaluations, chain_hash)
    SELECT ${runId}, s.* FROM jsonb_to_recordset(${JSON.stringify(statistics)}::jsonb) AS s (
      generation int, median float8, mean float8, minimum float8, maximum float8, "searchMedian" float8, "searchMean" float8,
      "searchMinimum" float8, "searchMaximum" float8, jumps int, filled int, evaluations int, "chainHash" text
    )`;
}

export async function writeGenerations(connection: Connection, generations: NewGenerations): Promise<void> {
  await writeImages(connection, generations.genomes);
  await writeGenomes(connection, generations.runId, generations.genomes);
  await writeScores(connection, generations.modelId, generations.genomes);
  await replaceElites(connection, generations);
  await insertElites(connection, generations);
  await writeStatistics(connection, generations);
}

/** The log entry for generations `after` + 1 to `to`, with the ids of the elites that are still current. */
export function checkpointEventOf(
  { runId, after, elites }: Pick<NewGenerations, "runId" | "after" | "elites">,
  to: number,
): CheckpointEvent {
  const eliteIds = elites.filter(({ replacedAt }) => replacedAt === null).map((elite) => eliteIdOf(runId, elite.niche, elite.generation));
  return { kind: "CHECKPOINT", payload: { from: after + 1, to, eliteIds } };
}
