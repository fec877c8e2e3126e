/**
 * Copies the archive of an evolution after one generation into a new run, which continues from it like from a checkpoint. Genomes and
 * images are objects or bytes that the copies share; the parents of a copied genome stay in the original run.
 */
import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import type { Connection } from "../../server/database/database.ts";
import { type Address, genomeIdOf } from "../../server/database/deterministicIds.ts";
import { summariseGenerations } from "../generations/summariseGenerations.ts";
import { insertElites } from "../generations/writeGenerations.ts";
import type { StoredElite } from "../runs/readCheckpoint.ts";

export interface CopiedArchive {
  readonly originalId: string;
  readonly forkId: string;
  readonly generation: number;
  readonly evaluations: number;
  /** The original's archive after `generation`. */
  readonly elites: readonly StoredElite[];
  /** The hash with which the fork's hash chain starts. */
  readonly chainHash: string;
}

async function copyGenomes(connection: Connection, { originalId, forkId, elites }: CopiedArchive): Promise<void> {
  const distinct = new Map<string, Address & { readonly parents: readonly Address[] }>();
  for (const elite of elites) distinct.set(`${elite.generation}:${elite.index}`, elite);
  const rows = [...distinct.values()].map((genome) => ({
    id: genomeIdOf(forkId, genome),
    source: genomeIdOf(originalId, genome),
    parents: genome.parents.flatMap(({ generation, index }) => [generation, index]),
  }));
  await connection.$executeRaw`
    INSERT INTO genomes (id, run_id, generation, index, sha256, byte_length, bytes, first_parent_id, second_parent_id, copied_parents, image_sha256)
    SELECT n.id, ${forkId}, g.generation, g.index, g.sha256, g.byte_length, g.bytes, g.first_parent_id, g.second_parent_id, n.parents,
      g.image_sha256
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n (id text, source text, parents int[]) JOIN genomes g ON g.id = n.source`;
}

async function copyStatistics(connection: Connection, { originalId, forkId, generation, chainHash }: CopiedArchive): Promise<void> {
  await connection.$executeRaw`
    INSERT INTO generations (run_id, generation, search_median, search_mean, search_minimum, search_maximum, jumps, filled, evaluations,
      chain_hash)
    SELECT ${forkId}, generation, search_median, search_mean, search_minimum, search_maximum, jumps, filled, evaluations, ${chainHash}
    FROM generations WHERE run_id = ${originalId} AND generation = ${generation}`;
}

export async function copyArchive(connection: Connection, copied: CopiedArchive): Promise<void> {
  const { forkId, generation, evaluations, elites } = copied;
  await copyGenomes(connection, copied);
  const rows = elites.map((elite) => ({ ...elite, replacedAt: null }));
  await insertElites(connection, { runId: forkId, elites: rows });
  await copyStatistics(connection, copied);
  await summariseGenerations(connection, forkId);
  await connection.$executeRaw`
    UPDATE runs r SET generation = ${generation}, evaluations = ${evaluations},
      median = (SELECT g.median FROM generations g WHERE g.run_id = r.id AND g.generation = ${generation}),
      fooling_count = ${elites.filter(({ storedFitness }) => storedFitness >= foolingConfidence).length}
    WHERE r.id = ${forkId}`;
}
