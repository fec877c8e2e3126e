/** The images with a label that runs store, for statements about what people say: an elite's, a trajectory's and a perturbation's. */
import { Prisma } from "../../generated/client.ts";
import { liveRuns } from "../../server/scope/live.ts";

export interface LabelledImages {
  readonly alias: Prisma.Sql;
  /** FROM with the run `r` and its model `m`. */
  readonly from: Prisma.Sql;
  /** FROM with the model `m` alone, for conditions on rows of live runs. */
  readonly rows: Prisma.Sql;
  /** The same for statements that find the rows first: OFFSET 0 makes Postgres look up each one's image. */
  readonly rowsInOrder: Prisma.Sql;
  readonly id: Prisma.Sql;
  readonly imageSha256: Prisma.Sql;
  /** The class whose name the pages show for the image. */
  readonly label: Prisma.Sql;
}

export const labelledImages = {
  elite: {
    alias: Prisma.sql`e`,
    from: Prisma.sql`FROM elites e JOIN ${liveRuns} r ON r.id = e.run_id JOIN models m ON m.id = r.model_id JOIN genomes g ON g.id = e.genome_id`,
    rows: Prisma.sql`FROM elites e JOIN models m ON m.id = e.model_id JOIN genomes g ON g.id = e.genome_id`,
    rowsInOrder: Prisma.sql`FROM elites e JOIN models m ON m.id = e.model_id
      CROSS JOIN LATERAL (SELECT g.image_sha256 FROM genomes g WHERE g.id = e.genome_id OFFSET 0) AS g`,
    id: Prisma.sql`e.id`,
    imageSha256: Prisma.sql`g.image_sha256`,
    label: Prisma.sql`e.niche`,
  },
  trajectory: {
    alias: Prisma.sql`t`,
    from: Prisma.sql`FROM trajectories t JOIN ${liveRuns} r ON r.id = t.run_id JOIN models m ON m.id = r.model_id`,
    rows: Prisma.sql`FROM trajectories t JOIN models m ON m.id = t.model_id`,
    rowsInOrder: Prisma.sql`FROM trajectories t JOIN models m ON m.id = t.model_id`,
    id: Prisma.sql`t.id`,
    imageSha256: Prisma.sql`t.image_sha256`,
    label: Prisma.sql`t.class`,
  },
  perturbation: {
    alias: Prisma.sql`p`,
    from: Prisma.sql`FROM perturbations p JOIN ${liveRuns} r ON r.id = p.run_id JOIN models m ON m.id = r.model_id`,
    rows: Prisma.sql`FROM perturbations p JOIN models m ON m.id = p.model_id`,
    rowsInOrder: Prisma.sql`FROM perturbations p JOIN models m ON m.id = p.model_id`,
    id: Prisma.sql`p.id`,
    imageSha256: Prisma.sql`p.image_sha256`,
    label: Prisma.sql`p.stored_class`,
  },
} as const satisfies Readonly<Record<string, LabelledImages>>;

export type LabelledKind = keyof typeof labelledImages;

/** The row of `recognition` about such an image and its label, in its own workspace. */
export function recognitionOf({ alias, imageSha256, label }: LabelledImages): Prisma.Sql {
  return Prisma.sql`recognition.image_sha256 = ${imageSha256} AND recognition.workspace_id = ${alias}.workspace_id
    AND recognition.label_space = m.label_space AND recognition.label = ${label}`;
}
