/**
 * Images and objects that running imports have stored. An import may take days, since it scores each image, and names them only at its end,
 * so clean-ups keep them until then.
 */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../database/database.ts";
import { trustedMilliseconds } from "../objectStores/objectStore.ts";

/** The earliest time at which an image or object of a running import may have been stored: it does not renew those younger than 12 hours. Null without one. */
export const importsSince = Prisma.sql`(
  SELECT min(w.created_at) - ${trustedMilliseconds / 1000} * interval '1 second' FROM imports w WHERE w.state = 'WRITING')`;

export async function findImportsSince(connection: Connection): Promise<Date | null> {
  const [row] = await connection.$queryRaw<{ readonly since: Date | null }[]>(Prisma.sql`SELECT ${importsSince} AS since`);
  return row?.since ?? null;
}
