/** Reads the checkpoint of an evolution: its current elites, with the genomes from which it resumes. */
import type { Connection } from "../database/database.ts";
import type { Address } from "../database/deterministicIds.ts";

export interface StoredElite extends Address {
  readonly niche: number;
  readonly fitness: number;
  readonly storedFitness: number;
  readonly parents: readonly Address[];
  readonly genomeSha256: string;
  /** Null if the genome is the object `genomes/<sha256>`. */
  readonly bytes: Uint8Array | null;
}

export interface StoredCheckpoint {
  /** -1 before the first. */
  readonly generation: number;
  readonly evaluations: number;
  readonly archiveHash: string | null;
  readonly elites: readonly StoredElite[];
}

interface EliteRow extends Omit<StoredElite, "parents"> {
  readonly firstGeneration: number | null;
  readonly firstIndex: number | null;
  readonly secondGeneration: number | null;
  readonly secondIndex: number | null;
}

function addresses(...pairs: readonly (readonly [number | null, number | null])[]): Address[] {
  return pairs.flatMap(([generation, index]) => (generation === null || index === null ? [] : [{ generation, index }]));
}

async function readArchive(connection: Connection, runId: string): Promise<readonly StoredElite[]> {
  const rows = await connection.$queryRaw<EliteRow[]>`
    SELECT e.niche, e.fitness, e.stored_fitness AS "storedFitness", g.generation, g.index, g.sha256 AS "genomeSha256", g.bytes,
      p.generation AS "firstGeneration", p.index AS "firstIndex", q.generation AS "secondGeneration", q.index AS "secondIndex"
    FROM elites e JOIN genomes g ON g.id = e.genome_id
    LEFT JOIN genomes p ON p.id = g.first_parent_id LEFT JOIN genomes q ON q.id = g.second_parent_id
    WHERE e.run_id = ${runId} AND e.replaced_at IS NULL ORDER BY e.niche`;
  return rows.map(({ firstGeneration, firstIndex, secondGeneration, secondIndex, ...elite }) => ({
    ...elite,
    parents: addresses([firstGeneration, firstIndex], [secondGeneration, secondIndex]),
  }));
}

export async function readCheckpoint(connection: Connection, runId: string): Promise<StoredCheckpoint> {
  const run = await connection.run.findUnique({
    where: { id: runId },
    select: { generation: true, evaluations: true, archiveHash: true },
  });
  const elites = await readArchive(connection, runId);
  return { ...(run ?? { generation: -1, evaluations: 0, archiveHash: null }), elites };
}
