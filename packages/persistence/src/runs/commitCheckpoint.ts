/**
 * Writes what a run has found since its last checkpoint, in one transaction that the lease token and the expected
 * generation fence: a worker that was thought dead and comes back writes nothing. Every row's id follows from what
 * it is, and rows go in by the hundred, a statement a table. Objects are stored before this is called.
 */
import type { GenerationStatistics } from "@pareidolia/core/generationStatistics";
import type { RunState } from "@pareidolia/core/runState";
import type { Connection, Transaction } from "../database.ts";
import { type Address, eliteIdOf } from "./deterministicIds.ts";
import { type Lease, leaseLost } from "./lease.ts";
import { type RunEvent, writeRunEvents } from "./runEvents.ts";
import { type NewGenome, writeGenomes, writeImages, writeScores } from "./writePictures.ts";

export interface NewElite extends Address {
  readonly niche: number;
  readonly fitness: number;
  readonly storedFitness: number;
  /** The generation in which it lost the niche again, when that is part of this checkpoint too. */
  readonly replacedAt: number | null;
}

export interface CheckpointInput extends Lease {
  readonly modelId: string;
  readonly leaseSeconds: number;
  /** Of the checkpoint before; -1 before the first. */
  readonly expectedGeneration: number;
  readonly generation: number;
  readonly evaluations: number;
  readonly archiveHash: string | null;
  readonly speed: number | null;
  readonly median: number;
  readonly foolingCount: number;
  readonly statistics: readonly GenerationStatistics[];
  readonly genomes: readonly NewGenome[];
  readonly elites: readonly NewElite[];
  /** Set when the worker lets go of the run with this checkpoint. */
  readonly outcome: { readonly state: "SUCCEEDED" | "PAUSED" | "CANCELLED" | "QUEUED"; readonly reason: string } | null;
}

async function writeElites(connection: Connection, { runId, elites, expectedGeneration }: CheckpointInput): Promise<void> {
  if (elites.length === 0) return;
  const firstTaken = new Map<number, number>();
  for (const { niche, generation } of elites) firstTaken.set(niche, Math.min(generation, firstTaken.get(niche) ?? generation));
  await connection.$executeRaw`
    UPDATE elites e SET replaced_at = taken.generation
    FROM unnest(${[...firstTaken.keys()]}::int[], ${[...firstTaken.values()]}::int[]) AS taken (niche, generation)
    WHERE e.run_id = ${runId} AND e.niche = taken.niche AND e.replaced_at IS NULL AND e.generation <= ${expectedGeneration}`;
  const rows = elites.map((elite) => ({ ...elite, id: eliteIdOf(runId, elite.niche, elite.generation) }));
  await connection.$executeRaw`
    INSERT INTO elites (id, run_id, genome_id, niche, generation, replaced_at, fitness, stored_fitness)
    SELECT n.id, ${runId}, g.id, n.niche, n.generation, n."replacedAt", n.fitness, n."storedFitness"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n (
      id text, niche int, generation int, index int, "replacedAt" int, fitness float8, "storedFitness" float8
    )
    JOIN genomes g ON g.run_id = ${runId} AND g.generation = n.generation AND g.index = n.index`;
}

async function writeStatistics(connection: Connection, { runId, statistics }: CheckpointInput): Promise<void> {
  if (statistics.length === 0) return;
  await connection.$executeRaw`
    INSERT INTO generations (run_id, generation, median, mean, minimum, maximum, jumps, filled, evaluations)
    SELECT ${runId}, s.* FROM jsonb_to_recordset(${JSON.stringify(statistics)}::jsonb) AS s (
      generation int, median float8, mean float8, minimum float8, maximum float8, jumps int, filled int, evaluations int
    )`;
}

function eventsOf({ runId, expectedGeneration, generation, elites, outcome }: CheckpointInput): readonly RunEvent[] {
  const events: RunEvent[] = [];
  if (generation > expectedGeneration) {
    const eliteIds = elites.filter(({ replacedAt }) => replacedAt === null).map((elite) => eliteIdOf(runId, elite.niche, elite.generation));
    events.push({ kind: "CHECKPOINT", payload: { from: expectedGeneration + 1, to: generation, eliteIds } });
  }
  if (outcome !== null) events.push({ kind: "STATE", payload: { from: "RUNNING", to: outcome.state, reason: outcome.reason } });
  return events;
}

/** Moves the run's own row on, if the caller still holds it where it thinks it is. */
async function advanceRun(connection: Connection, input: CheckpointInput, eventCount: number): Promise<number | null> {
  const { runId, leaseToken, outcome } = input;
  const ended = outcome?.state === "SUCCEEDED" || outcome?.state === "CANCELLED";
  const [row] = await connection.$queryRaw<{ seq: number }[]>`
    UPDATE runs SET generation = ${input.generation}, evaluations = ${input.evaluations}, archive_hash = ${input.archiveHash},
      speed = coalesce(${input.speed}, speed), median = ${input.median}, fooling_count = ${input.foolingCount},
      attempts = CASE WHEN ${input.generation > input.expectedGeneration} THEN 0 ELSE attempts END,
      state = ${outcome?.state ?? "RUNNING"}::"RunState", outage_since = NULL, event_seq = event_seq + ${eventCount}, updated_at = now(),
      control = CASE WHEN ${outcome !== null} THEN 'NONE' ELSE control END,
      lease_token = CASE WHEN ${outcome === null} THEN lease_token END,
      lease_expires_at = CASE WHEN ${outcome === null} THEN now() + ${input.leaseSeconds} * interval '1 second' END,
      ended_at = CASE WHEN ${ended} THEN now() END
    WHERE id = ${runId} AND lease_token = ${leaseToken} AND generation = ${input.expectedGeneration} AND state = 'RUNNING'
    RETURNING event_seq AS seq`;
  return row?.seq ?? null;
}

/** Whether this very checkpoint is stored: the connection may have broken between the commit and its acknowledgement. */
async function isStored(
  connection: Connection,
  { runId, leaseToken, generation, archiveHash, outcome }: CheckpointInput,
): Promise<boolean> {
  const [run] = await connection.$queryRaw<
    { generation: number; state: RunState; archiveHash: string | null; leaseToken: string | null }[]
  >`
    SELECT generation, state::text, archive_hash AS "archiveHash", lease_token AS "leaseToken" FROM runs WHERE id = ${runId}`;
  if (run === undefined || run.generation !== generation || run.archiveHash !== archiveHash) return false;
  return outcome === null ? run.leaseToken === leaseToken : run.state === outcome.state;
}

/** @throws AppError LEASE_LOST, and nothing is written, when the caller does not hold the run at `expectedGeneration` any more. */
export async function commitCheckpoint({ connection }: Transaction, input: CheckpointInput): Promise<void> {
  const events = eventsOf(input);
  const lastSeq = await advanceRun(connection, input, events.length);
  if (lastSeq === null) {
    if (await isStored(connection, input)) return;
    throw leaseLost();
  }
  await writeImages(connection, input.genomes);
  await writeGenomes(connection, input.runId, input.genomes);
  await writeScores(connection, input.modelId, input.genomes);
  await writeElites(connection, input);
  await writeStatistics(connection, input);
  await writeRunEvents(connection, input.runId, lastSeq, events);
}
