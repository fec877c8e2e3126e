/**
 * Writes scores in bulk: rows as one JSON array, their probabilities as one block. An existing row stays. The results of studies that show
 * the images are computed again.
 */

import { Prisma } from "../../generated/client.ts";
import { ByteBlock } from "../../server/database/byteBlock.ts";
import type { Connection } from "../../server/database/database.ts";
import { scoreIdOf } from "../../server/database/deterministicIds.ts";
import { markRescored } from "./markRescored.ts";

export interface ScoreToWrite {
  readonly image: { readonly sha256: string };
  readonly probabilities: Float32Array;
}

export async function writeScores(connection: Connection, modelId: string, scored: readonly ScoreToWrite[]): Promise<void> {
  if (scored.length === 0) return;
  const block = new ByteBlock();
  const byImage = [...new Map(scored.map(({ image, probabilities }) => [image.sha256, probabilities])).entries()].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const rows = byImage.map(([image, probabilities]) => {
    const topConfidence = Math.max(...probabilities);
    const topClass = probabilities.indexOf(topConfidence);
    const bytes = new Uint8Array(probabilities.length * 4);
    const view = new DataView(bytes.buffer);
    for (const [i, probability] of probabilities.entries()) view.setFloat32(i * 4, probability, true);
    return { id: scoreIdOf(modelId, image), image, topClass, topConfidence, ...block.add(bytes) };
  });
  // The look-up in studies is a statement of its own, as planning both together takes Postgres longer than storing a generation's scores.
  const shown = await connection.$queryRaw<{ readonly image: string }[]>(Prisma.sql`
    WITH scored AS (
      INSERT INTO scores (id, image_sha256, model_id, probabilities, top_class, top_confidence, owner)
      SELECT s.id, s.image, ${modelId}, substring(${block.bytes}::bytea FROM s.start FOR s.length), s."topClass", s."topConfidence",
        (SELECT min(w.owner) FROM workspace_images w WHERE w.sha256 = s.image)
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS s (
        id text, image text, "topClass" int, "topConfidence" float8, start int, length int
      )
      ON CONFLICT DO NOTHING RETURNING image_sha256
    )
    SELECT s.image_sha256 AS image FROM scored s
    WHERE EXISTS (SELECT FROM study_images i WHERE i.image_sha256 = s.image_sha256 AND i.role = 'COUNTED' OFFSET 0)`);
  if (shown.length > 0) await markRescored(connection, { modelId, images: shown.map(({ image }) => image) });
}
