/** SQL for rows of experiments that are shared. A deleted workspace shares nothing. */
import type { Visibility } from "@pareidolia/core/visibility";
import { Prisma } from "../../generated/client.ts";
import { liveExperiments } from "./live.ts";
import type { ExperimentScope, Reach, Scope } from "./scope.ts";

/** The experiment of a row, which decides who may read it. The API's policy requires it of each row that visitors may read. */
export interface SharedRow {
  readonly experimentId: string;
  readonly visibility: Visibility;
}

/** For statements with a run `r`: the columns of `SharedRow`. Evaluated only for the rows that the statement returns. */
export const sharingOfRun = Prisma.sql`r.experiment_id AS "experimentId", (
    SELECT CASE WHEN w.deleted_at IS NULL THEN x.visibility ELSE 'PRIVATE' END::text
    FROM ${liveExperiments} x JOIN workspaces w ON w.id = x.workspace_id WHERE x.id = r.experiment_id) AS visibility`;

/** Whether a run `r` is within the scope. */
export function runsWithin(scope: Scope | ExperimentScope): Prisma.Sql {
  return "workspaceId" in scope ? Prisma.sql`r.workspace_id = ${scope.workspaceId}` : Prisma.sql`r.experiment_id = ${scope.experimentId}`;
}

/** Whether an experiment `x` of the workspace `w` is shared. */
export function isShared({ linkedExperimentId }: Reach): Prisma.Sql {
  return Prisma.sql`(w.deleted_at IS NULL AND (x.visibility = 'PUBLIC' OR (x.visibility = 'UNLISTED' AND x.id = ${linkedExperimentId})))`;
}

/** For statements with a row `o` of image_owners, joined by `joinSharing`: whether it puts the image within reach. */
export function ownerWithin(reach: Reach): Prisma.Sql {
  return Prisma.sql`(o.workspace_id IS NULL OR o.workspace_id = ${reach.workspaceId} OR ${isShared(reach)})`;
}

export const joinSharing = Prisma.sql`LEFT JOIN ${liveExperiments} x ON x.id = o.experiment_id LEFT JOIN workspaces w ON w.id = x.workspace_id`;

/**
 * Whether a row of the actor's workspace, of the product or of a shared experiment shows the image. OFFSET 0 makes Postgres look the image up
 * by index; as a join, it would read every row that shows any image.
 */
export function imageWithin(reach: Reach, sha256: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM image_owners o ${joinSharing} WHERE o.sha256 = ${sha256} AND ${ownerWithin(reach)} OFFSET 0)`;
}
