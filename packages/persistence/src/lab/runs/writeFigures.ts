/** Writes the figures of runs, `fooling_count` and `median`, as they follow from the stored results. */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { figuresOfParts } from "./resultsOfKinds.ts";

/** A run without results keeps none: a count of 0 and no median. */
export async function writeFigures(connection: Connection, runIds: readonly string[]): Promise<void> {
  await connection.$executeRaw(Prisma.sql`
    WITH chosen AS (SELECT runs.*, row_number() OVER () AS part FROM runs WHERE id = ANY (${[...runIds]})),
    measured AS (${figuresOfParts})
    UPDATE runs SET fooling_count = coalesce(d.reached, 0), median = d.median
    FROM chosen c LEFT JOIN measured d ON d.part = c.part
    WHERE runs.id = c.id AND (runs.fooling_count, runs.median) IS DISTINCT FROM (coalesce(d.reached, 0), d.median)`);
}
