/** Every object that a row names, and what an image can be drawn from again. */
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { Connection } from "../database.ts";
import { Prisma } from "../generated/client.ts";
import { fileKey, genomeKey, hashOf, imageKey } from "../objectStores/objectStore.ts";

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

export interface DrawnFrom {
  readonly encoding: string;
  readonly parameters: Parameters;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly genomeSha256: string;
  /** Null where the genome is an object. */
  readonly genome: Uint8Array | null;
}

/** Genomes whose image this is, of different runs where several are. */
export async function findGenomesOfImage(connection: Connection, sha256: string): Promise<readonly DrawnFrom[]> {
  return connection.$queryRaw<DrawnFrom[]>`
    SELECT DISTINCT ON (r.id) r.method AS encoding, r.parameters, i.width, i.height, i.channels, g.sha256 AS "genomeSha256", g.bytes AS genome
    FROM genomes g JOIN runs r ON r.id = g.run_id JOIN images i ON i.sha256 = g.image_sha256
    WHERE g.image_sha256 = ${sha256} AND r.kind = 'evolution' ORDER BY r.id, g.generation, g.index LIMIT 10`;
}

/** Which runs show each of these images: "RUN-n" by image. */
export async function findRunKeysOfImages(
  connection: Connection,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const images = [...hashes];
  const rows = await connection.$queryRaw<{ sha256: string; numbers: number[] }[]>`
    SELECT shown.sha256, array_agg(DISTINCT r.number ORDER BY r.number) AS numbers FROM (
      SELECT image_sha256 AS sha256, run_id FROM genomes WHERE image_sha256 = ANY (${images})
      UNION SELECT image_sha256, run_id FROM trajectories WHERE image_sha256 = ANY (${images})
      UNION SELECT image_sha256, run_id FROM perturbations WHERE image_sha256 = ANY (${images})
    ) shown JOIN runs r ON r.id = shown.run_id GROUP BY shown.sha256`;
  return new Map(rows.map(({ sha256, numbers }) => [sha256, numbers.map((number) => `RUN-${number}`)]));
}
