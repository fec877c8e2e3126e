/**
 * Follows first parents from an elite's genome back to generation 0. Each ancestor is shown as the elite that was in the archive when its
 * child was bred; of several such elites, the most confident. In a fork, the line leads into the run that it was forked from.
 */
import type { Connection } from "../../server/database/database.ts";
import { liveRuns } from "../../server/scope/live.ts";

export interface AncestorRecord {
  readonly genomeId: string;
  readonly eliteId: string | null;
  readonly niche: number;
  readonly label: string;
  readonly confidence: number;
}

export interface AncestryRequest {
  readonly eliteId: string;
  /** Maximum number of ancestors, including the elite's own genome. */
  readonly limit: number;
  /** Whether the line may lead into the run that this one was forked from. */
  readonly acrossRuns: boolean;
}

/** The line of each elite, youngest first, in the order of the requests. One statement for all. */
export async function findAncestries(connection: Connection, requests: readonly AncestryRequest[]): Promise<AncestorRecord[][]> {
  const [elites, limits, across] = [
    requests.map(({ eliteId }) => eliteId),
    requests.map(({ limit }) => limit),
    requests.map(({ acrossRuns }) => acrossRuns),
  ];
  const rows = await connection.$queryRaw<(AncestorRecord & { readonly place: number })[]>`
    WITH RECURSIVE line AS (
      SELECT q.place, q.elite_id, q.max_length, q.across, 0 AS depth, g.id, g.first_parent_id, g.generation, NULL::int AS child_generation, g.run_id
      FROM unnest(${elites}::text[], ${limits}::int[], ${across}::boolean[]) WITH ORDINALITY AS q(elite_id, max_length, across, place)
        JOIN elites e ON e.id = q.elite_id JOIN genomes g ON g.id = e.genome_id
      UNION ALL
      SELECT line.place, line.elite_id, line.max_length, line.across, line.depth + 1, g.id, g.first_parent_id, g.generation, line.generation, g.run_id
      FROM line JOIN genomes g ON g.id = line.first_parent_id WHERE line.depth + 1 < line.max_length AND (line.across OR g.run_id = line.run_id)
    )
    SELECT line.place::int - 1 AS place, line.id AS "genomeId", held.id AS "eliteId", held.niche,
      coalesce(m.labels[held.niche + 1], held.niche::text) AS label, held.stored_fitness AS confidence
    FROM line JOIN ${liveRuns} r ON r.id = line.run_id JOIN models m ON m.id = r.model_id
    CROSS JOIN LATERAL (
      SELECT e.id, e.niche, e.stored_fitness FROM elites e WHERE e.genome_id = line.id
      ORDER BY (line.depth = 0 AND e.id = line.elite_id) DESC,
        (e.generation < line.child_generation AND (e.replaced_at IS NULL OR e.replaced_at >= line.child_generation)) DESC NULLS LAST,
        e.stored_fitness DESC, e.niche LIMIT 1
    ) AS held
    ORDER BY line.place, line.depth`;
  const lines = requests.map((): AncestorRecord[] => []);
  for (const { place, ...ancestor } of rows) lines[place]?.push(ancestor);
  return lines;
}
