/** Reads the checkpoint of an evolution: its current elites, with the genomes from which it resumes. */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import type { Address } from "../../server/database/deterministicIds.ts";

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
  /** Of this generation in the run's hash chain; null before the first, and in a run that began before there was a chain. */
  readonly chainHash: string | null;
  readonly elites: readonly StoredElite[];
}

interface EliteRow extends Omit<StoredElite, "parents"> {
  readonly firstGeneration: number | null;
  readonly firstIndex: number | null;
  readonly secondGeneration: number | null;
  readonly secondIndex: number | null;
  readonly copiedParents: readonly number[] | null;
}

function addresses(...pairs: readonly (readonly [number | null, number | null])[]): Address[] {
  return pairs.flatMap(([generation, index]) => (generation === null || index === null ? [] : [{ generation, index }]));
}

/** Of a genome that a fork copied, the addresses are in its row, since the rows of its parents may be gone. */
function parentsOf({ copiedParents, firstGeneration, firstIndex, secondGeneration, secondIndex }: EliteRow): Address[] {
  if (copiedParents === null) return addresses([firstGeneration, firstIndex], [secondGeneration, secondIndex]);
  const [a = null, b = null, c = null, d = null] = copiedParents;
  return addresses([a, b], [c, d]);
}

/** The elites of a run that held a niche after `generation`, with their genomes, by generation and niche; without it, the current ones. */
export async function readArchive(connection: Connection, runId: string, generation?: number): Promise<readonly StoredElite[]> {
  const held =
    generation === undefined
      ? Prisma.sql`e.replaced_at IS NULL`
      : Prisma.sql`e.generation <= ${generation} AND (e.replaced_at IS NULL OR e.replaced_at > ${generation})`;
  return readStoredElites(connection, runId, held);
}

/** The elites of a run that took their niche in generation `from` to `to`, both included, by generation and niche. */
export function readElitesOfGenerations(
  connection: Connection,
  { runId, from, to }: { readonly runId: string; readonly from: number; readonly to: number },
): Promise<readonly StoredElite[]> {
  return readStoredElites(connection, runId, Prisma.sql`e.generation BETWEEN ${from} AND ${to}`);
}

async function readStoredElites(connection: Connection, runId: string, condition: Prisma.Sql): Promise<readonly StoredElite[]> {
  const rows = await connection.$queryRaw<EliteRow[]>`
    SELECT e.niche, e.fitness, e.stored_fitness AS "storedFitness", g.generation, g.index, g.sha256 AS "genomeSha256", g.bytes,
      p.generation AS "firstGeneration", p.index AS "firstIndex", q.generation AS "secondGeneration", q.index AS "secondIndex",
      g.copied_parents AS "copiedParents"
    FROM elites e JOIN genomes g ON g.id = e.genome_id
    LEFT JOIN genomes p ON p.id = g.first_parent_id LEFT JOIN genomes q ON q.id = g.second_parent_id
    WHERE e.run_id = ${runId} AND ${condition} ORDER BY e.generation, e.niche`;
  return rows.map((row) => {
    const { niche, fitness, storedFitness, generation, index, genomeSha256, bytes } = row;
    return { niche, fitness, storedFitness, generation, index, genomeSha256, bytes, parents: parentsOf(row) };
  });
}

export async function readCheckpoint(connection: Connection, runId: string): Promise<StoredCheckpoint> {
  const run = await connection.run.findUnique({
    where: { id: runId },
    select: { generation: true, evaluations: true, archiveHash: true },
  });
  const elites = await readArchive(connection, runId);
  const { generation, ...rest } = run ?? { generation: -1, evaluations: 0, archiveHash: null };
  const row = await connection.generation.findUnique({
    where: { runId_generation: { runId, generation } },
    select: { chainHash: true },
  });
  return { generation, ...rest, chainHash: row?.chainHash ?? null, elites };
}
