/** Reads the scores that other models give to current elites, and the images that they have not scored yet. */
import type { Connection } from "../../server/database/database.ts";
import { liveRuns } from "../../server/scope/live.ts";

/** The scores of one elite's stored image by its own network and by another. An image that holds several niches has several rows. */
export interface TransferRow {
  readonly sha256: string;
  readonly sourceModelId: string;
  readonly otherModelId: string;
  readonly niche: number;
  readonly sourceTopClass: number;
  readonly sourceConfidence: number;
  readonly otherTopClass: number;
  /** Of the other network, for the niche's class. */
  readonly otherConfidence: number;
}

/** Includes each network's scores of its own images: the diagonal of the matrix. */
export async function readTransfer(
  connection: Connection,
  input: { runIds: readonly string[]; modelIds: readonly string[] },
): Promise<TransferRow[]> {
  const rows = await connection.$queryRaw<(Omit<TransferRow, "otherConfidence"> & { bytes: Uint8Array })[]>`
    SELECT r.model_id AS "sourceModelId", other.model_id AS "otherModelId", g.image_sha256 AS sha256, e.niche, own.top_class AS "sourceTopClass",
      e.stored_fitness AS "sourceConfidence", other.top_class AS "otherTopClass",
      substring(other.probabilities FROM e.niche * 4 + 1 FOR 4) AS bytes
    FROM elites e JOIN ${liveRuns} r ON r.id = e.run_id JOIN models m ON m.id = r.model_id JOIN genomes g ON g.id = e.genome_id
    JOIN scores own ON own.image_sha256 = g.image_sha256 AND own.model_id = r.model_id
    JOIN scores other ON other.image_sha256 = g.image_sha256 AND other.model_id = ANY (${[...input.modelIds]})
    JOIN models o ON o.id = other.model_id AND o.label_space = m.label_space
    WHERE e.run_id = ANY (${[...input.runIds]}) AND e.replaced_at IS NULL
    ORDER BY r.model_id, other.model_id, e.run_id, e.niche`;
  return rows.map(({ bytes, ...row }) => ({
    ...row,
    otherConfidence: bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true),
  }));
}

/** Counts pairs of a network and an image of a current elite in its label space without a score. */
export async function countUnscoredPairs(
  connection: Connection,
  input: { runIds: readonly string[]; modelIds: readonly string[] },
): Promise<number> {
  const [row] = await connection.$queryRaw<{ pairs: number }[]>`
    SELECT count(DISTINCT (m.id, g.image_sha256))::int AS pairs
    FROM elites e JOIN ${liveRuns} r ON r.id = e.run_id JOIN models own ON own.id = r.model_id JOIN genomes g ON g.id = e.genome_id
    JOIN models m ON m.label_space = own.label_space AND m.id = ANY (${[...input.modelIds]})
    WHERE e.run_id = ANY (${[...input.runIds]}) AND e.replaced_at IS NULL
      AND NOT EXISTS (SELECT FROM scores s WHERE s.image_sha256 = g.image_sha256 AND s.model_id = m.id)`;
  return row?.pairs ?? 0;
}

export interface UnscoredImage {
  readonly sha256: string;
}

/** At most `limit` images of current elites that a network of their label space has not scored yet. */
export function findUnscoredImages(
  connection: Connection,
  input: { runIds: readonly string[]; modelId: string; limit: number },
): Promise<UnscoredImage[]> {
  return connection.$queryRaw<UnscoredImage[]>`
    SELECT DISTINCT g.image_sha256 AS sha256
    FROM elites e JOIN ${liveRuns} r ON r.id = e.run_id JOIN models own ON own.id = r.model_id JOIN genomes g ON g.id = e.genome_id
    JOIN models m ON m.id = ${input.modelId} AND m.label_space = own.label_space
    WHERE e.run_id = ANY (${[...input.runIds]}) AND e.replaced_at IS NULL
      AND NOT EXISTS (SELECT FROM scores s WHERE s.image_sha256 = g.image_sha256 AND s.model_id = ${input.modelId})
    ORDER BY g.image_sha256 LIMIT ${input.limit}`;
}
