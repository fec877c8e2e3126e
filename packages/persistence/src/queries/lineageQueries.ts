/** Reads the ancestry of a whole archive in one statement: every genome that an elite of the run descends from, with the niches that it held. */
import type { Connection } from "../database.ts";

export interface LineageRow {
  readonly genomeId: string;
  readonly generation: number;
  readonly firstParentId: string | null;
  readonly secondParentId: string | null;
  readonly imageSha256: string;
  /** Niches held at some time, and those held now. */
  readonly niches: readonly number[];
  readonly current: readonly number[];
  /** Highest confidence in a niche that it held, on its stored image. */
  readonly confidence: number;
}

/** Ancestors of the current elites along both parents, oldest first; the youngest `limit` of them. */
export async function findLineage(connection: Connection, input: { runId: string; limit: number }): Promise<LineageRow[]> {
  const rows = await connection.$queryRaw<LineageRow[]>`
    WITH RECURSIVE line AS (
      SELECT g.id, g.first_parent_id, g.second_parent_id FROM elites e JOIN genomes g ON g.id = e.genome_id
      WHERE e.run_id = ${input.runId} AND e.replaced_at IS NULL
      UNION
      SELECT g.id, g.first_parent_id, g.second_parent_id FROM line JOIN genomes g ON g.id IN (line.first_parent_id, line.second_parent_id)
    )
    SELECT g.id AS "genomeId", g.generation, g.first_parent_id AS "firstParentId", g.second_parent_id AS "secondParentId",
      g.image_sha256 AS "imageSha256", array_agg(DISTINCT e.niche) AS niches,
      coalesce(array_agg(DISTINCT e.niche) FILTER (WHERE e.replaced_at IS NULL), '{}') AS current, max(e.stored_fitness) AS confidence
    FROM line JOIN genomes g ON g.id = line.id JOIN elites e ON e.genome_id = g.id
    GROUP BY g.id ORDER BY g.generation DESC, g.index DESC LIMIT ${input.limit}`;
  return rows.reverse();
}
