/** Restores what evolutions have computed: statistics, genomes with their parents, and holds on niches. */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { type Address, eliteIdOf, genomeIdOf } from "../../server/database/deterministicIds.ts";
import { given, joined, type RestoredIds, type RestoredRow } from "./restoredRows.ts";

export async function restoreGenerations(connection: Connection, { runs }: RestoredIds, rows: readonly RestoredRow[]): Promise<void> {
  const columns = `run int, generation int, median float8, mean float8, minimum float8, maximum float8, search_median float8,
    search_mean float8, search_minimum float8, search_maximum float8, jumps int, filled int, evaluations int, chain_hash text`;
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO generations (run_id, generation, median, mean, minimum, maximum, search_median, search_mean, search_minimum,
      search_maximum, jumps, filled, evaluations, chain_hash)
    SELECT n.id, x.generation, x.median, x.mean, x.minimum, x.maximum, x.search_median, x.search_mean, x.search_minimum,
      x.search_maximum, x.jumps, x.filled, x.evaluations, x.chain_hash
    FROM ${given(rows, columns)} ${joined("n", { ids: runs, rows, column: "run" })}`);
}

export interface GenomeToRestore extends Address {
  readonly run: number;
  readonly sha256: string;
  readonly byte_length: number;
  /** In Base64; null if it is an object. */
  readonly bytes: string | null;
  /** Generation and index of each parent. */
  readonly parents: readonly number[];
  readonly copied: boolean;
  readonly image: string;
}

function parentsOf({ parents }: GenomeToRestore): Address[] {
  const addresses: Address[] = [];
  for (let at = 0; at + 1 < parents.length; at += 2) addresses.push({ generation: parents[at] ?? 0, index: parents[at + 1] ?? 0 });
  return addresses;
}

/**
 * A copied genome has the parents that it has in the run that was forked, which may be a fork, too. A parent that is missing there is looked
 * up in that run by its address.
 * @param originals the number of that run by the number of the fork, if the export has it.
 */
export async function restoreGenomes(
  connection: Connection,
  { runs, workspaceId }: RestoredIds,
  { rows, originals }: { readonly rows: readonly GenomeToRestore[]; readonly originals: ReadonlyMap<number, number> },
): Promise<void> {
  const written = rows.map((row) => {
    const own = runs[row.run] as string;
    const number = originals.get(row.run);
    const original = row.copied && number !== undefined ? (runs[number] as string) : null;
    const family = row.copied ? original : own;
    const [first, second] = parentsOf(row).map((parent) => (family === null ? null : genomeIdOf(family, parent)));
    const { run, generation, index, sha256, byte_length, bytes, image, parents, copied } = row;
    return {
      run,
      generation,
      index,
      sha256,
      byte_length,
      bytes,
      image,
      id: genomeIdOf(own, row),
      source: original === null ? null : genomeIdOf(original, row),
      first: first ?? null,
      second: second ?? null,
      copied_parents: copied ? parents : null,
    };
  });
  const columns = `run int, id text, source text, generation int, index int, sha256 text, byte_length int, bytes text, first text, second text,
    copied_parents int[], image text`;
  // A copy's parents are missing if the run that was forked was trimmed.
  const parentOf = (parent: Prisma.Sql, column: Prisma.Sql): Prisma.Sql => Prisma.sql`CASE WHEN x.copied_parents IS NULL THEN ${parent}
    ELSE coalesce((SELECT g.${column} FROM genomes g WHERE g.id = x.source), (SELECT g.id FROM genomes g WHERE g.id = ${parent})) END`;
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO genomes (id, run_id, workspace_id, generation, index, sha256, byte_length, bytes, first_parent_id, second_parent_id,
      copied_parents, image_sha256)
    SELECT x.id, n.id, ${workspaceId}, x.generation, x.index, x.sha256, x.byte_length, decode(x.bytes, 'base64'),
      ${parentOf(Prisma.sql`x.first`, Prisma.sql`first_parent_id`)}, ${parentOf(Prisma.sql`x.second`, Prisma.sql`second_parent_id`)},
      x.copied_parents, x.image
    FROM ${given(written, columns)} ${joined("n", { ids: runs, rows: written, column: "run" })}`);
}

export interface EliteToRestore {
  readonly run: number;
  readonly niche: number;
  readonly generation: number;
  readonly genome_generation: number;
  readonly genome_index: number;
  readonly replaced_at: number | null;
  readonly search_fitness: number;
  readonly stored_fitness: number;
}

export async function restoreElites(connection: Connection, { runs }: RestoredIds, rows: readonly EliteToRestore[]): Promise<void> {
  const written = rows.map((row) => {
    const runId = runs[row.run] as string;
    const genome = { generation: row.genome_generation, index: row.genome_index };
    return { ...row, id: eliteIdOf(runId, row.niche, row.generation), genome: genomeIdOf(runId, genome) };
  });
  const columns = "run int, id text, genome text, niche int, generation int, replaced_at int, search_fitness float8, stored_fitness float8";
  await connection.$executeRaw(Prisma.sql`
    INSERT INTO elites (id, run_id, workspace_id, experiment_id, model_id, method, genome_id, niche, generation, replaced_at, fitness,
      stored_fitness, created_at)
    SELECT x.id, r.id, r.workspace_id, r.experiment_id, r.model_id, r.method, x.genome, x.niche, x.generation, x.replaced_at, x.search_fitness,
      x.stored_fitness, g.created_at
    FROM ${given(written, columns)} ${joined("n", { ids: runs, rows: written, column: "run" })}
      CROSS JOIN LATERAL (SELECT r.id, r.workspace_id, r.experiment_id, r.model_id, r.method FROM runs r WHERE r.id = n.id OFFSET 0) r
      CROSS JOIN LATERAL (SELECT g.created_at FROM genomes g WHERE g.id = x.genome OFFSET 0) g`);
}
