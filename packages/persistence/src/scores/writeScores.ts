/**
 * Writes scores in bulk: rows as one JSON array, their probabilities as one block. An existing row stays. The results of studies that show
 * the images have the answers of other networks, so the workers learn which studies to compute again.
 */
import { ByteBlock } from "../database/byteBlock.ts";
import type { Connection } from "../database/database.ts";
import { scoreIdOf } from "../database/deterministicIds.ts";
import { Prisma } from "../generated/client.ts";
import { isOtherNetwork } from "../studies/otherNetworks.ts";
import { studyVotesChannel } from "../studies/studyTallies.ts";

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
  await connection.$executeRaw(Prisma.sql`
    WITH scored AS (
      INSERT INTO scores (id, image_sha256, model_id, probabilities, top_class, top_confidence, owner)
      SELECT s.id, s.image, ${modelId}, substring(${block.bytes}::bytea FROM s.start FOR s.length), s."topClass", s."topConfidence",
        (SELECT min(w.owner) FROM workspace_images w WHERE w.sha256 = s.image)
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS s (
        id text, image text, "topClass" int, "topConfidence" float8, start int, length int
      )
      ON CONFLICT DO NOTHING RETURNING image_sha256
    ), rescored AS (
      INSERT INTO rescored_studies (study_id)
      SELECT DISTINCT s.id FROM scored JOIN study_images i ON i.image_sha256 = scored.image_sha256 AND i.role = 'COUNTED'
        JOIN studies s ON s.id = i.study_id AND s.plan_text IS NOT NULL
        JOIN models own ON own.id = i.model_id JOIN models m ON m.id = ${modelId} AND ${isOtherNetwork}
      RETURNING study_id
    )
    SELECT pg_notify(${studyVotesChannel}, study_id)::text FROM rescored`);
}
