/**
 * Checkpoint and progress events of ended runs. State events stay, as the history of the run, and so does the last event with a payload,
 * whose time is that of the last save.
 */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";

export const runEvents = rowCleanUp({
  kind: "run-events",
  title: "Events of ended runs",
  graceSeconds: 30 * 24 * 60 * 60,
  table: Prisma.sql`run_events`,
  unused: Prisma.sql`t.kind <> 'STATE'
    AND EXISTS (SELECT FROM runs r WHERE r.id = t.run_id AND r.ended_at IS NOT NULL)
    AND t.seq IS DISTINCT FROM (
      SELECT max(v.seq) FROM run_events v WHERE v.run_id = t.run_id AND v.kind <> 'STATE' AND v.payload <> '{}'
    )`,
  since: Prisma.sql`(SELECT r.ended_at FROM runs r WHERE r.id = t.run_id)`,
});
