/**
 * The median stopping rule (Golovin et al. 2017, "Google Vizier", section 3.2.2): a run ends at generation g if its best median so far is
 * below the median of what the sweep's ended runs had on average up to g. Needs no model of the curve. It ends a run with the same seed at
 * another generation if the others ended in another order; everything up to that generation is the same. Medians are those of the search,
 * which a run knows between two checkpoints.
 */
import type { Connection } from "../../server/database/database.ts";

/** Ended runs from which on the rule applies. */
export const fewestEndedRuns = 5;

/** The median over ended evolutions of the sweep of their mean median confidence up to the generation; null with fewer than 5 of them. */
export async function medianOfEndedRuns(
  connection: Connection,
  { sweepId, generation }: { readonly sweepId: string; readonly generation: number },
): Promise<number | null> {
  const [row] = await connection.$queryRaw<{ count: number; median: number | null }[]>`
    SELECT count(*)::int AS count, percentile_cont(0.5) WITHIN GROUP (ORDER BY ended.mean) AS median FROM (
      SELECT avg(g.search_median) AS mean FROM runs r JOIN generations g ON g.run_id = r.id
      WHERE r.sweep_id = ${sweepId} AND r.state = 'SUCCEEDED' AND r.stopped_by IS NULL AND g.generation <= ${generation}
      GROUP BY r.id) ended`;
  return row === undefined || row.count < fewestEndedRuns ? null : row.median;
}
