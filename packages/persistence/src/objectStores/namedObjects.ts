/** The objects that rows name. */
import type { Connection } from "../database/database.ts";
import { Prisma } from "../generated/client.ts";
import { fileKey, genomeKey, hashOf, imageKey } from "./objectStore.ts";

interface Kind {
  readonly rows: Prisma.Sql;
  readonly toKey: (sha256: string) => string;
}

const kinds: readonly Kind[] = [
  { rows: Prisma.sql`SELECT sha256 FROM images`, toKey: imageKey },
  { rows: Prisma.sql`SELECT sha256 FROM genomes WHERE bytes IS NULL`, toKey: genomeKey },
  { rows: Prisma.sql`SELECT sha256 FROM models WHERE origin <> 'zoo' AND state = 'AVAILABLE'`, toKey: fileKey },
  { rows: Prisma.sql`SELECT metrics->>'images' AS sha256 FROM chain_links WHERE metrics ? 'images'`, toKey: fileKey },
];
/** Rows whose object may be needed again, though nothing is lost without it. */
const spareKinds: readonly Kind[] = [
  { rows: Prisma.sql`SELECT sha256 FROM models WHERE origin <> 'zoo' AND state <> 'AVAILABLE'`, toKey: fileKey },
  { rows: Prisma.sql`SELECT sha256 FROM uploads WHERE claimed_at IS NULL`, toKey: fileKey },
];
const atOnce = 5_000;

/** Those of the keys that any row names. */
export async function findNamedKeys(connection: Connection, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const named = new Set<string>();
  for (const { rows, toKey } of [...kinds, ...spareKinds]) {
    const hashes = keys.filter((key) => toKey(hashOf(key)) === key).map(hashOf);
    if (hashes.length === 0) continue;
    const found = await connection.$queryRaw<{ sha256: string }[]>(
      Prisma.sql`SELECT DISTINCT sha256 FROM (${rows}) named WHERE sha256 = ANY (${hashes})`,
    );
    for (const { sha256 } of found) named.add(toKey(sha256));
  }
  return named;
}

/** Each key once, in pages. */
export async function* listStoredKeys(connection: Connection): AsyncGenerator<readonly string[]> {
  for (const { rows, toKey } of kinds)
    for (let after = ""; ; ) {
      const page = await connection.$queryRaw<{ sha256: string }[]>(
        Prisma.sql`SELECT DISTINCT sha256 FROM (${rows}) named WHERE sha256 > ${after} ORDER BY sha256 LIMIT ${atOnce}`,
      );
      const last = page.at(-1);
      if (last === undefined) break;
      yield page.map(({ sha256 }) => toKey(sha256));
      after = last.sha256;
    }
}
