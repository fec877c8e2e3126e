/** The images that a workspace's runs computed. They count toward no quota, since workspaces share equal ones. */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import type { Amount } from "../../server/objectStores/objectStore.ts";
import { liveRuns } from "../../server/scope/live.ts";
import type { Scope } from "../../server/scope/scope.ts";
import { imagesOf } from "./imagesOfRuns.ts";

export interface RunImages extends Amount {
  /** Whether the bytes are extrapolated from a sample: hashes are uniform, so the first ones by hash are a random sample. */
  readonly isEstimate: boolean;
}

/** Images whose sizes are added up, by default. */
export const usualMeasured = 20_000;

/** Leaves out the photographs from which runs started. @param measured the number of images whose sizes are added up */
export async function readRunImages(connection: Connection, { workspaceId }: Scope, measured = usualMeasured): Promise<RunImages> {
  const ids = Prisma.sql`ARRAY (SELECT id FROM own)`;
  const [row] = await connection.$queryRaw<{ count: number; measured: number; bytes: number }[]>`
    WITH own AS MATERIALIZED (SELECT r.id, r.source_sha256 FROM ${liveRuns} r WHERE r.workspace_id = ${workspaceId}),
      shown AS MATERIALIZED (
        ${imagesOf(ids)}
        EXCEPT (SELECT source_sha256 FROM own UNION ALL SELECT original_sha256 FROM perturbations WHERE run_id = ANY (${ids}))
      ),
      measured AS MATERIALIZED (SELECT sha256 FROM shown ORDER BY sha256 LIMIT ${measured})
    SELECT (SELECT count(*)::int FROM shown) AS count, count(*)::int AS measured, coalesce(sum(i.byte_length), 0)::float8 AS bytes
    FROM measured JOIN images i ON i.sha256 = measured.sha256`;
  const { count = 0, measured: summed = 0, bytes = 0 } = row ?? {};
  return { count, byteLength: summed === 0 ? 0 : Math.round((bytes * count) / summed), isEstimate: count > summed };
}
