/** The images of runs, whatever their kind. */
import { Prisma } from "../../generated/client.ts";

/**
 * The hashes of the images that rows of the runs show, each once.
 * @param runIds an array of IDs
 */
export function imagesOf(runIds: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT image_sha256 AS sha256 FROM genomes WHERE run_id = ANY (${runIds})
    UNION SELECT image_sha256 FROM imported_images WHERE run_id = ANY (${runIds})
    UNION SELECT image_sha256 FROM trajectories WHERE run_id = ANY (${runIds})
    UNION SELECT s.image_sha256 FROM trajectories c JOIN trajectory_milestones s ON s.trajectory_id = c.id WHERE c.run_id = ANY (${runIds})
    UNION SELECT s.image_sha256 FROM trajectories c JOIN replaced_pictures s ON s.trajectory_id = c.id WHERE c.run_id = ANY (${runIds})
    UNION SELECT image_sha256 FROM perturbations WHERE run_id = ANY (${runIds})
    UNION SELECT original_sha256 FROM perturbations WHERE run_id = ANY (${runIds})
    UNION SELECT source_sha256 FROM runs WHERE id = ANY (${runIds}) AND source_sha256 IS NOT NULL
    UNION SELECT e.image_sha256 FROM chain_links l JOIN chain_elites e ON e.link_id = l.id WHERE l.run_id = ANY (${runIds})`;
}
