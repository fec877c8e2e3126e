/** A clean-up of one table. It deletes in small batches and skips locked rows, so it never delays a checkpoint. A row's size is that of its text form. */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../database/database.ts";
import type { Amount } from "../objectStores/objectStore.ts";
import type { CleanUp } from "./cleanUp.ts";

export interface RowCleanUpOptions {
  readonly kind: string;
  readonly title: string;
  readonly graceSeconds: number;
  /** Has the alias `t` in the conditions. */
  readonly table: Prisma.Sql;
  readonly unused: Prisma.Sql;
  /** The time from which the grace period counts. */
  readonly since: Prisma.Sql;
}

interface Measured {
  readonly oldCount: number;
  readonly oldBytes: number;
  readonly youngCount: number;
  readonly youngBytes: number;
}

const batch = 1_000;

export function rowCleanUp({ table, unused, since, ...cleanUp }: RowCleanUpOptions): CleanUp {
  const old = Prisma.sql`${since} < now() - ${cleanUp.graceSeconds} * interval '1 second'`;

  const measure = async (connection: Connection): Promise<{ readonly old: Amount; readonly young: Amount }> => {
    const [row] = await connection.$queryRaw<Measured[]>(Prisma.sql`
      SELECT count(*) FILTER (WHERE m.old)::int AS "oldCount", coalesce(sum(m.bytes) FILTER (WHERE m.old), 0)::float8 AS "oldBytes",
        count(*) FILTER (WHERE m.old IS NOT TRUE)::int AS "youngCount",
        coalesce(sum(m.bytes) FILTER (WHERE m.old IS NOT TRUE), 0)::float8 AS "youngBytes"
      FROM (SELECT ${old} AS old, octet_length(t::text) AS bytes FROM ${table} t WHERE ${unused}) m`);
    const { oldCount = 0, oldBytes = 0, youngCount = 0, youngBytes = 0 } = row ?? {};
    return { old: { count: oldCount, byteLength: oldBytes }, young: { count: youngCount, byteLength: youngBytes } };
  };

  const deleteBatch = async (connection: Connection): Promise<Amount> => {
    const [row] = await connection.$queryRaw<Amount[]>(Prisma.sql`
      WITH gone AS (
        DELETE FROM ${table} t WHERE t.ctid = ANY (ARRAY(
          SELECT t.ctid FROM ${table} t WHERE ${unused} AND ${old} LIMIT ${batch} FOR UPDATE OF t SKIP LOCKED
        )) RETURNING octet_length(t::text) AS bytes
      )
      SELECT count(*)::int AS count, coalesce(sum(bytes), 0)::float8 AS "byteLength" FROM gone`);
    return row ?? { count: 0, byteLength: 0 };
  };

  return {
    ...cleanUp,
    async cleanUp({ database: { connection }, dryRun, signal }) {
      signal.throwIfAborted();
      let count = 0;
      let byteLength = 0;
      for (let more = !dryRun; more; ) {
        signal.throwIfAborted();
        const gone = await deleteBatch(connection);
        count += gone.count;
        byteLength += gone.byteLength;
        more = gone.count > 0;
      }
      const measured = await measure(connection);
      return { removed: dryRun ? measured.old : { count, byteLength }, waiting: measured.young };
    },
  };
}
