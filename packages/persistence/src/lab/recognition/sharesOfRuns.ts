/**
 * How many people recognise what the networks name, beyond guessing, over the images of each run, for searches and orders of runs. It starts at the workspace's rows
 * of `recognition`, so that its cost is that of the images that studies asked about, and not of all images of all runs.
 */
import { Prisma } from "../../generated/client.ts";
import { closedStudiesOf, type Reader } from "./closedStudies.ts";

/** Images of which the share is a mean; fewer have no interval, and pages show none. */
const fewestImages = 2;

/**
 * SQL of one JSON object: by the run's id, the mean over its images of the share that recognises the label, 0 to 1. A run is missing if it has too few of them, or if an image of it belongs to a study that is closed to the reader. Null without any run. OFFSET 0 keeps
 * Postgres from turning the look-ups into joins of whole tables (see `peopleConditions`).
 */
export const sharesOfRuns = (reader: Reader): Prisma.Sql => Prisma.sql`(
  SELECT jsonb_object_agg(of_run.run_id, of_run.share) FROM (
    SELECT shown.run_id, greatest(0, avg(asked.recognised::double precision / nullif(asked.corrected_votes, 0))) AS share
    FROM (
      SELECT p.*, EXISTS (SELECT FROM (${closedStudiesOf(reader)}) closed JOIN study_images i ON i.study_id = closed.id
        WHERE i.image_sha256 = p.image_sha256 AND i.role = 'COUNTED') AS hidden
      FROM recognition p WHERE p.workspace_id = ${reader.scope.workspaceId} OFFSET 0
    ) asked
    CROSS JOIN LATERAL (
      SELECT e.run_id, e.model_id FROM genomes g
      CROSS JOIN LATERAL (SELECT e.run_id, e.model_id, e.niche, e.replaced_at FROM elites e WHERE e.genome_id = g.id OFFSET 0) e
      WHERE g.image_sha256 = asked.image_sha256 AND g.workspace_id = asked.workspace_id AND e.replaced_at IS NULL AND e.niche = asked.label
      UNION SELECT t.run_id, t.model_id FROM trajectories t
      WHERE t.image_sha256 = asked.image_sha256 AND t.workspace_id = asked.workspace_id AND t.class = asked.label
      UNION SELECT d.run_id, d.model_id FROM perturbations d
      WHERE d.image_sha256 = asked.image_sha256 AND d.workspace_id = asked.workspace_id AND d.stored_class = asked.label
      OFFSET 0
    ) shown
    JOIN models m ON m.id = shown.model_id AND m.label_space = asked.label_space
    GROUP BY shown.run_id HAVING count(nullif(asked.corrected_votes, 0)) >= ${fewestImages}::int AND NOT bool_or(asked.hidden)
  ) of_run)`;
