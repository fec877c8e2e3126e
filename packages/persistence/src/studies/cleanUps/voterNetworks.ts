/** The networks in voters' rows, once the hour is over in which joins from one network are counted. The rows stay. */

import type { CleanUp } from "../../server/cleanUps/cleanUp.ts";
import type { Connection } from "../../server/database/database.ts";
import type { Amount } from "../../server/objectStores/objectStore.ts";

const graceSeconds = 2 * 60 * 60;

async function measure(connection: Connection, old: boolean): Promise<Amount> {
  const [row] = await connection.$queryRaw<Amount[]>`
    SELECT count(*)::int AS count, coalesce(sum(octet_length(client_hash)), 0)::float8 AS "byteLength" FROM study_voters
    WHERE client_hash IS NOT NULL AND (joined_at < now() - ${graceSeconds} * interval '1 second') = ${old}`;
  return row ?? { count: 0, byteLength: 0 };
}

export const voterNetworks: CleanUp = {
  kind: "voter-networks",
  title: "Networks of voters",
  graceSeconds,
  async cleanUp({ database: { connection }, dryRun, signal }) {
    signal.throwIfAborted();
    const removed = await measure(connection, true);
    if (!dryRun && removed.count > 0)
      await connection.$executeRaw`
        UPDATE study_voters SET client_hash = NULL
        WHERE client_hash IS NOT NULL AND joined_at < now() - ${graceSeconds} * interval '1 second'`;
    return { removed, waiting: await measure(connection, false) };
  },
};
