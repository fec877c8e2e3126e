/** Public experiments, the experiment of a link, and changes of who may read one. */
import { randomBytes } from "node:crypto";
import type { Visibility } from "@pareidolia/core/visibility";
import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import { liveExperiments } from "../../server/scope/live.ts";
import { type ExperimentRecord, selectExperiments } from "./readExperiments.ts";

const bytesOfToken = 32;

const isListed = [Prisma.sql`e.visibility = 'PUBLIC'`, Prisma.sql`w.deleted_at IS NULL`, Prisma.sql`e.archived_at IS NULL`];

/** Of all workspaces, latest published first. Archived ones are left out, though their pages stay. */
export function listPublicExperiments(connection: Connection, page: PageRequest): Promise<Page<ExperimentRecord>> {
  return selectPage<ExperimentRecord, ExperimentRecord>(connection, {
    select: selectExperiments,
    conditions: isListed,
    ordering: {
      columns: [
        { sql: Prisma.sql`e.published_at`, type: "timestamptz" },
        { sql: Prisma.sql`e.id`, type: "text" },
      ],
      direction: "DESC",
    },
    page,
    toRow: (row) => row,
    positionOf: (row) => [(row.publishedAt ?? row.createdAt).toISOString(), row.id],
  });
}

export function countPublicExperiments(request: CountRequest): Promise<number> {
  return countRows(request, Prisma.sql`FROM ${liveExperiments} e JOIN workspaces w ON w.id = e.workspace_id`, isListed);
}

/** The id of the unlisted experiment with this link; null for an unknown or replaced one. */
export async function findExperimentOfLink(connection: Connection, shareToken: string): Promise<string | null> {
  const experiment = await connection.experiment.findFirst({
    where: { shareToken, visibility: "UNLISTED", trashedAt: null, workspace: { deletedAt: null } },
    select: { id: true },
  });
  return experiment?.id ?? null;
}

/** Locks the experiment until the transaction ends, and returns its visibility; null if it was deleted or is in the trash. */
export async function lockVisibility(connection: Connection, id: string): Promise<Visibility | null> {
  const [row] = await connection.$queryRaw<{ visibility: Visibility }[]>`
    SELECT visibility::text FROM experiments WHERE id = ${id} AND trashed_at IS NULL FOR UPDATE`;
  return row?.visibility ?? null;
}

/** Becoming unlisted always makes a new link, so that an earlier one stays dead. */
export async function setVisibility(connection: Connection, id: string, visibility: Visibility): Promise<void> {
  await connection.experiment.updateMany({
    where: { id },
    data: {
      visibility,
      shareToken: visibility === "UNLISTED" ? randomBytes(bytesOfToken).toString("base64url") : null,
      publishedAt: visibility === "PUBLIC" ? new Date() : null,
    },
  });
}
