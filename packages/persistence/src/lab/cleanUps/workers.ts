/** Workers that stopped or died. A worker of a run is kept, because the run's page shows its machine. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";

export const workers = rowCleanUp({
  kind: "workers",
  title: "Stopped workers",
  graceSeconds: 7 * 24 * 60 * 60,
  table: Prisma.sql`workers`,
  unused: Prisma.sql`(t.stopped_at IS NOT NULL OR t.heartbeat_at < now() - interval '1 minute')
    AND NOT EXISTS (SELECT FROM runs r WHERE r.worker_id = t.id)`,
  since: Prisma.sql`t.heartbeat_at`,
});
