/** Finds the objects that rows name. */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../database/database.ts";
import { fileKey, genomeKey, hashOf, imageKey } from "./objectStore.ts";

interface Kind {
  readonly rows: Prisma.Sql;
  readonly toKey: (sha256: string) => string;
}

const kinds: readonly Kind[] = [
  { rows: Prisma.sql`SELECT sha256 FROM images`, toKey: imageKey },
  { rows: Prisma.sql`SELECT sha256 FROM genomes WHERE bytes IS NULL`, toKey: genomeKey },
  { rows: Prisma.sql`SELECT sha256 FROM models WHERE origin <> 'zoo' AND state = 'AVAILABLE'`, toKey: fileKey },
  { rows: Prisma.sql`SELECT sha256 FROM release_parts`, toKey: fileKey },
  { rows: Prisma.sql`SELECT sha256 FROM export_parts`, toKey: fileKey },
  { rows: Prisma.sql`SELECT sha256 FROM bulk_query_parts`, toKey: fileKey },
  { rows: Prisma.sql`SELECT sha256 FROM bulk_query_chunks`, toKey: fileKey },
  { rows: Prisma.sql`SELECT metrics->>'images' AS sha256 FROM chain_links WHERE metrics ? 'images'`, toKey: fileKey },
];
/** Rows whose object may be needed again, but without which no data is lost. */
const spareKinds: readonly Kind[] = [
  { rows: Prisma.sql`SELECT sha256 FROM models WHERE origin <> 'zoo' AND state <> 'AVAILABLE'`, toKey: fileKey },
  { rows: Prisma.sql`SELECT sha256 FROM uploads WHERE claimed_at IS NULL AND deleted_at IS NULL AND sha256 IS NOT NULL`, toKey: fileKey },
  { rows: Prisma.sql`SELECT sha256 FROM imports WHERE state IN ('INSPECTING', 'READY', 'WRITING')`, toKey: fileKey },
];
const atOnce = 5_000;

/** The keys that at least one row names. */
export async function findNamedKeys(connection: Connection, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const named = new Set<string>();
  for (const kind of [...kinds, ...spareKinds]) {
    const hashes = keys.filter((key) => kind.toKey(hashOf(key)) === key).map(hashOf);
    if (hashes.length > 0) for (const sha256 of await findNamedHashes(connection, kind, hashes)) named.add(kind.toKey(sha256));
  }
  return named;
}

async function findNamedHashes(connection: Connection, { rows }: Kind, hashes: readonly string[]): Promise<readonly string[]> {
  const found = await connection.$queryRaw<{ sha256: string }[]>`
    SELECT DISTINCT sha256 FROM (${rows}) named WHERE sha256 = ANY (${[...hashes]})`;
  return found.map(({ sha256 }) => sha256);
}

/** The hashes that follow `after`. */
async function listHashes(connection: Connection, { rows }: Kind, after: string): Promise<readonly string[]> {
  const page = await connection.$queryRaw<{ sha256: string }[]>`
    SELECT DISTINCT sha256 FROM (${rows}) named WHERE sha256 > ${after} ORDER BY sha256 LIMIT ${atOnce}`;
  return page.map(({ sha256 }) => sha256);
}

/** Each key once, in pages. */
export async function* listStoredKeys(connection: Connection): AsyncGenerator<readonly string[]> {
  for (const kind of kinds)
    for (let after: string | undefined = ""; after !== undefined; ) {
      const page = await listHashes(connection, kind, after);
      if (page.length > 0) yield page.map(kind.toKey);
      after = page.at(-1);
    }
}
