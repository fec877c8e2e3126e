/**
 * Follows first parents from an elite's genome back to generation 0. Each ancestor is shown as the elite that was in the archive when its
 * child was bred; of several such elites, the most confident. In a fork, the line leads into the run that it was forked from.
 */
import type { Connection } from "../database/database.ts";
import { liveRuns } from "../scope/live.ts";

export interface AncestorRecord {
  readonly genomeId: string;
  readonly eliteId: string | null;
  readonly niche: number;
  readonly label: string;
  readonly confidence: number;
}

export function findAncestry(
  connection: Connection,
  input: { eliteId: string; limit: number; acrossRuns: boolean },
): Promise<AncestorRecord[]> {
  return connection.$queryRaw<AncestorRecord[]>`
    WITH RECURSIVE line AS (
      SELECT 0 AS depth, g.id, g.first_parent_id, g.generation, NULL::int AS child_generation, g.run_id
      FROM elites e JOIN genomes g ON g.id = e.genome_id WHERE e.id = ${input.eliteId}
      UNION ALL
      SELECT line.depth + 1, g.id, g.first_parent_id, g.generation, line.generation, g.run_id
      FROM line JOIN genomes g ON g.id = line.first_parent_id WHERE line.depth + 1 < ${input.limit} AND (${input.acrossRuns} OR g.run_id = line.run_id)
    )
    SELECT line.id AS "genomeId", held.id AS "eliteId", held.niche, coalesce(m.labels[held.niche + 1], held.niche::text) AS label,
      held.stored_fitness AS confidence
    FROM line JOIN ${liveRuns} r ON r.id = line.run_id JOIN models m ON m.id = r.model_id
    CROSS JOIN LATERAL (
      SELECT e.id, e.niche, e.stored_fitness FROM elites e WHERE e.genome_id = line.id
      ORDER BY (line.depth = 0 AND e.id = ${input.eliteId}) DESC,
        (e.generation < line.child_generation AND (e.replaced_at IS NULL OR e.replaced_at >= line.child_generation)) DESC NULLS LAST,
        e.stored_fitness DESC, e.niche LIMIT 1
    ) AS held
    ORDER BY line.depth`;
}
