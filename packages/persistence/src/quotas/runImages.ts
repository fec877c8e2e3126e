/** The images that a workspace's runs computed. They count toward no quota, since workspaces share equal ones. */
import type { Connection } from "../database/database.ts";
import { Prisma } from "../generated/client.ts";
import { imagesOf } from "../images/imagesOfRuns.ts";
import type { Amount } from "../objectStores/objectStore.ts";
import { liveRuns } from "../scope/live.ts";
import type { Scope } from "../scope/scope.ts";

export interface RunImages extends Amount {
  /** Whether the bytes are extrapolated from a sample: hashes are uniform, so the first ones by hash are a random sample. */
  readonly isEstimate: boolean;
}

/** Images whose sizes are added up. */
const maxMeasured = 20_000;

/** Photographs that runs show are left out: they count as photographs. */
export async function readRunImages(connection: Connection, { workspaceId }: Scope): Promise<RunImages> {
  const ids = Prisma.sql`ARRAY (SELECT id FROM own)`;
  const [row] = await connection.$queryRaw<{ count: number; measured: number; bytes: number }[]>`
    WITH own AS MATERIALIZED (SELECT r.id FROM ${liveRuns} r WHERE r.workspace_id = ${workspaceId}),
      shown AS MATERIALIZED (${imagesOf(ids)} EXCEPT SELECT image_sha256 FROM photos WHERE workspace_id = ${workspaceId}),
      measured AS MATERIALIZED (SELECT sha256 FROM shown ORDER BY sha256 LIMIT ${maxMeasured})
    SELECT (SELECT count(*)::int FROM shown) AS count, count(*)::int AS measured, coalesce(sum(i.byte_length), 0)::float8 AS bytes
    FROM measured JOIN images i ON i.sha256 = measured.sha256`;
  const { count = 0, measured = 0, bytes = 0 } = row ?? {};
  return { count, byteLength: measured === 0 ? 0 : Math.round((bytes * count) / measured), isEstimate: count > measured };
}
