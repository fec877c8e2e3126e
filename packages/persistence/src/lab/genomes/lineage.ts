/**
 * Reads the ancestors of a whole archive with the niches that they held. OFFSET 0 makes Postgres look each ancestor up by index: it expects
 * far more ancestors than there are, and would read whole tables.
 */
import type { Connection } from "../../server/database/database.ts";

export interface LineageRow {
  readonly genomeId: string;
  readonly generation: number;
  readonly firstParentId: string | null;
  readonly secondParentId: string | null;
  readonly imageSha256: string;
  /** Niches that it ever held, and niches that it holds now. */
  readonly niches: readonly number[];
  readonly current: readonly number[];
  /** Highest confidence of its stored image in a niche that it held. */
  readonly confidence: number;
}

export interface Lineage {
  /** Oldest first. */
  readonly rows: readonly LineageRow[];
  /** In the whole lineage, whatever the limit. */
  readonly genomes: number;
  /** Niches taken by genomes with a first parent, in the whole lineage. */
  readonly taken: number;
  /** Taken niches that the first parent never held. */
  readonly switched: number;
}

/** Of a fork, ancestors of other runs are included. The youngest `limit` (at least 1) ancestors of the current elites, along both parents. Null for more than `most` ancestors. */
export async function findLineage(connection: Connection, input: { runId: string; limit: number; most: number }): Promise<Lineage | null> {
  const found = await connection.$queryRaw<(Partial<LineageRow> & Omit<Lineage, "rows"> & { ancestors: number })[]>`
    WITH RECURSIVE line AS (
      SELECT g.id, g.first_parent_id, g.second_parent_id FROM elites e JOIN genomes g ON g.id = e.genome_id
      WHERE e.run_id = ${input.runId} AND e.replaced_at IS NULL
      UNION
      SELECT g.* FROM line CROSS JOIN LATERAL (SELECT g.id, g.first_parent_id, g.second_parent_id FROM genomes g
        WHERE g.id = ANY (ARRAY[line.first_parent_id, line.second_parent_id]) OFFSET 0) AS g
    ), bounded AS (SELECT id FROM line LIMIT ${input.most + 1}), counted AS (SELECT count(*)::int AS ancestors FROM bounded), held AS (
      SELECT g.id, g.generation, g.index, g.first_parent_id, g.second_parent_id, g.image_sha256, array_agg(DISTINCT e.niche) AS niches,
        coalesce(array_agg(DISTINCT e.niche) FILTER (WHERE e.replaced_at IS NULL AND e.run_id = ${input.runId}), '{}') AS current, max(e.stored_fitness) AS confidence
      FROM bounded CROSS JOIN LATERAL (SELECT * FROM genomes g WHERE g.id = bounded.id OFFSET 0) AS g
      CROSS JOIN LATERAL (SELECT * FROM elites e WHERE e.genome_id = bounded.id OFFSET 0) AS e
      WHERE (SELECT ancestors FROM counted) <= ${input.most}
      GROUP BY g.id, g.generation, g.index, g.first_parent_id, g.second_parent_id, g.image_sha256
    )
    SELECT counted.ancestors, child.id AS "genomeId", child.generation, child.first_parent_id AS "firstParentId",
      child.second_parent_id AS "secondParentId", child.image_sha256 AS "imageSha256", child.niches, child.current, child.confidence,
      (count(child.id) OVER ())::int AS genomes,
      (sum(CASE WHEN child.first_parent_id IS NULL THEN 0 ELSE cardinality(child.niches) END) OVER ())::int AS taken,
      (sum(CASE WHEN parent.id IS NULL THEN 0
        ELSE (SELECT count(*) FROM unnest(child.niches) AS niche WHERE niche <> ALL (parent.niches)) END) OVER ())::int AS switched
    FROM counted LEFT JOIN held child ON true LEFT JOIN held parent ON parent.id = child.first_parent_id
    ORDER BY child.generation DESC, child.index DESC LIMIT ${input.limit}`;
  const { genomes = 0, taken = 0, switched = 0, ancestors = 0 } = found[0] ?? {};
  const rows = found.filter((row): row is LineageRow & typeof row => row.genomeId !== null);
  return ancestors > input.most ? null : { rows: rows.reverse(), genomes, taken, switched };
}

export interface DescentRow {
  readonly genomeId: string;
  readonly firstParentId: string | null;
  /** Niches that it holds now, and its elites in the same order. */
  readonly niches: readonly number[];
  readonly eliteIds: readonly string[];
}

/** The current elites of a run with all their ancestors along first parents; null for more than `most` genomes. */
export async function findDescent(connection: Connection, input: { runId: string; most: number }): Promise<DescentRow[] | null> {
  const rows = await connection.$queryRaw<DescentRow[]>`
    WITH RECURSIVE line AS (
      SELECT g.id, g.first_parent_id FROM elites e JOIN genomes g ON g.id = e.genome_id
      WHERE e.run_id = ${input.runId} AND e.replaced_at IS NULL
      UNION
      SELECT g.* FROM line CROSS JOIN LATERAL (SELECT g.id, g.first_parent_id FROM genomes g WHERE g.id = line.first_parent_id OFFSET 0) AS g
    ), bounded AS (SELECT * FROM line LIMIT ${input.most + 1})
    SELECT bounded.id AS "genomeId", bounded.first_parent_id AS "firstParentId",
      coalesce(held.niches, '{}') AS niches, coalesce(held.elite_ids, '{}') AS "eliteIds"
    FROM bounded LEFT JOIN (
      SELECT genome_id, array_agg(niche ORDER BY niche) AS niches, array_agg(id ORDER BY niche) AS elite_ids
      FROM elites WHERE run_id = ${input.runId} AND replaced_at IS NULL GROUP BY genome_id
    ) held ON held.genome_id = bounded.id`;
  return rows.length > input.most ? null : rows;
}
