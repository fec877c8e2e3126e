/**
 * Seeds many rows for tests of statements' plans: without triggers and foreign keys, which cost several times as much as the rows, and with
 * indices that are built afterwards.
 */
import type { Prisma } from "@pareidolia/persistence/generated/client";
import { dropIndices } from "./droppedIndices.ts";
import { withClient } from "./postgresServer.ts";

/** What triggers keep for lists; `listTruth.ts` states the same. */
const kept = [
  "INSERT INTO workspace_images (sha256, owner) SELECT DISTINCT sha256, coalesce(workspace_id, '') FROM image_owners ON CONFLICT DO NOTHING",
  "DELETE FROM workspace_image_totals",
  "INSERT INTO workspace_image_totals (owner, slot, images) SELECT owner, 0, count(*) FROM workspace_images GROUP BY owner",
  "DELETE FROM run_totals",
  `INSERT INTO run_totals (run_id, genomes, elites, current_elites, trajectories, perturbations, successes)
    SELECT run_id, sum(genomes), sum(elites), sum(held), sum(trajectories), sum(perturbations), sum(successes) FROM (
      SELECT run_id, 1 AS genomes, 0 AS elites, 0 AS held, 0 AS trajectories, 0 AS perturbations, 0 AS successes FROM genomes
      UNION ALL SELECT run_id, 0, 1, (replaced_at IS NULL)::int, 0, 0, 0 FROM elites
      UNION ALL SELECT run_id, 0, 0, 0, 1, 0, 0 FROM trajectories
      UNION ALL SELECT run_id, 0, 0, 0, 0, 1, success::int FROM perturbations) of_runs
    GROUP BY run_id`,
];

/**
 * Each table with the statements that fill it, which also fill the columns that triggers would: the facets of a run, `runs.mean` and
 * `runs.best`, the owner of a score.
 */
export async function seedRows(url: string, statements: readonly (readonly [table: string, statement: Prisma.Sql])[]): Promise<void> {
  await withClient(url, async (client) => {
    await client.query("BEGIN");
    await client.query("SET LOCAL session_replication_role = replica");
    const indices = await dropIndices(client, ["workspace_images", ...statements.map(([table]) => table)]);
    for (const [, { text, values }] of statements) await client.query(text, values);
    // The joins have no index.
    for (const statement of kept) await client.query(statement);
    for (const index of indices) await client.query(index);
    await client.query("COMMIT");
  });
}
