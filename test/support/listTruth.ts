/** Compares what triggers and foreign keys keep for lists with the rows from which it follows. */
import { withClient } from "./postgresServer.ts";

const differences: Readonly<Record<string, string>> = {
  "columns of runs": `
    SELECT x.id FROM (
      SELECT id, run_id, workspace_id, experiment_id, model_id, method FROM elites
      UNION ALL SELECT id, run_id, workspace_id, experiment_id, model_id, method FROM trajectories
      UNION ALL SELECT id, run_id, workspace_id, experiment_id, model_id, method FROM perturbations) x
    JOIN runs r ON r.id = x.run_id
    WHERE (x.workspace_id, x.experiment_id, x.model_id, x.method) IS DISTINCT FROM (r.workspace_id, r.experiment_id, r.model_id, r.method)
    UNION ALL SELECT g.id FROM genomes g JOIN runs r ON r.id = g.run_id WHERE g.workspace_id <> r.workspace_id`,
  "times of elites": "SELECT e.id FROM elites e JOIN genomes g ON g.id = e.genome_id WHERE g.created_at <> e.created_at",
  totals: `
    SELECT counted.* FROM (
      SELECT r.id, (SELECT count(*) FROM genomes x WHERE x.run_id = r.id) AS genomes, (SELECT count(*) FROM elites x WHERE x.run_id = r.id) AS elites,
        (SELECT count(*) FROM elites x WHERE x.run_id = r.id AND x.replaced_at IS NULL) AS current_elites,
        (SELECT count(*) FROM trajectories x WHERE x.run_id = r.id) AS trajectories,
        (SELECT count(*) FROM perturbations x WHERE x.run_id = r.id) AS perturbations,
        (SELECT count(*) FROM perturbations x WHERE x.run_id = r.id AND x.success) AS successes
      FROM runs r) counted LEFT JOIN run_totals t ON t.run_id = counted.id
    WHERE (counted.genomes, counted.elites, counted.current_elites, counted.trajectories, counted.perturbations, counted.successes)
      <> (coalesce(t.genomes, 0), coalesce(t.elites, 0), coalesce(t.current_elites, 0), coalesce(t.trajectories, 0), coalesce(t.perturbations, 0), coalesce(t.successes, 0))`,
  "last statistics": `
    SELECT r.id FROM runs r LEFT JOIN LATERAL (SELECT * FROM generations g WHERE g.run_id = r.id ORDER BY g.generation DESC LIMIT 1) g ON true
    WHERE (r.mean, r.best) IS DISTINCT FROM (g.mean, g.maximum)`,
  "planned results": `
    SELECT r.id FROM runs r WHERE r.planned_results IS DISTINCT FROM (CASE r.kind
      WHEN 'ascent' THEN jsonb_array_length(r.plan->'classes') * (r.plan->>'starts')::int * coalesce(jsonb_array_length(r.plan->'configurations'), 1)
      WHEN 'perturbation' THEN greatest(1, jsonb_array_length(r.plan->'bounds'))
      WHEN 'retraining' THEN (r.plan->>'iterations')::int + 1 WHEN 'imported' THEN (r.plan->>'imageCount')::int END)`,
  "missing images":
    "SELECT DISTINCT sha256, coalesce(workspace_id, '') FROM image_owners EXCEPT SELECT sha256, owner FROM workspace_images",
  "superfluous images": "SELECT sha256, owner FROM workspace_images EXCEPT SELECT sha256, coalesce(workspace_id, '') FROM image_owners",
  "totals of images": `
    SELECT owner FROM (SELECT owner, count(*) AS images FROM workspace_images GROUP BY owner) w
    FULL JOIN (SELECT owner, sum(images) AS images FROM workspace_image_totals GROUP BY owner) t USING (owner)
    WHERE coalesce(w.images, 0) <> coalesce(t.images, 0)`,
  "missing scores": `
    SELECT s.id, w.owner FROM scores s JOIN workspace_images w ON w.sha256 = s.image_sha256
    EXCEPT (SELECT id, owner FROM scores UNION SELECT score_id, owner FROM shared_scores)`,
  "superfluous scores": `
    SELECT score_id, owner FROM shared_scores
    EXCEPT SELECT s.id, w.owner FROM scores s JOIN workspace_images w ON w.sha256 = s.image_sha256 WHERE w.owner <> s.owner`,
};

/** The differences, by what is wrong; none if everything is true. */
export async function findUntrueLists(url: string): Promise<Readonly<Record<string, readonly object[]>>> {
  return withClient(url, async (client) => {
    const found: Record<string, readonly object[]> = {};
    for (const [name, text] of Object.entries(differences)) {
      const { rows } = await client.query<object>(text);
      if (rows.length > 0) found[name] = rows;
    }
    return found;
  });
}
