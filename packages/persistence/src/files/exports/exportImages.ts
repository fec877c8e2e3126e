/** The images that the rows of runs name. */
import { Prisma } from "../../generated/client.ts";
import { liveRuns } from "../../server/scope/live.ts";

/** Each hash once, as the column `sha256`. @param runs IDs. */
export function imagesOf(runs: readonly string[]): Prisma.Sql {
  const ids = Prisma.sql`ANY (${[...runs]})`;
  return Prisma.sql`
    SELECT g.image_sha256 AS sha256 FROM genomes g WHERE g.run_id = ${ids}
    UNION SELECT r.source_sha256 FROM ${liveRuns} r WHERE r.id = ${ids} AND r.source_sha256 IS NOT NULL
    UNION SELECT t.image_sha256 FROM trajectories t WHERE t.run_id = ${ids}
    UNION SELECT m.image_sha256 FROM trajectories t JOIN trajectory_milestones m ON m.trajectory_id = t.id WHERE t.run_id = ${ids}
    UNION SELECT p.image_sha256 FROM perturbations p WHERE p.run_id = ${ids}
    UNION SELECT p.original_sha256 FROM perturbations p WHERE p.run_id = ${ids}
    UNION SELECT e.image_sha256 FROM chain_links l JOIN chain_elites e ON e.link_id = l.id WHERE l.run_id = ${ids}
    UNION SELECT i.image_sha256 FROM imported_images i WHERE i.run_id = ${ids}`;
}
