/**
 * Studies whose results change without a vote: their images were newly scored by a network, whose answers the results have, or their texts were
 * coded. The workers learn which studies to compute again.
 */
import type { Connection } from "../../server/database/database.ts";
import { isOtherNetwork } from "./otherNetworks.ts";

/** Votes of a study have changed, or another network has scored its images. Payload: the ID of the study. */
export const studyVotesChannel = "pareidolia_study_votes";

export async function markRescored(
  connection: Connection,
  { modelId, images }: { readonly modelId: string; readonly images: readonly string[] },
): Promise<void> {
  await connection.$executeRaw`
    WITH rescored AS (
      INSERT INTO rescored_studies (study_id)
      SELECT DISTINCT s.id FROM study_images i JOIN studies s ON s.id = i.study_id AND s.plan_text IS NOT NULL
        JOIN models own ON own.id = i.model_id JOIN models m ON m.id = ${modelId} AND ${isOtherNetwork}
      WHERE i.image_sha256 = ANY (${[...images]}) AND i.role = 'COUNTED'
      RETURNING study_id
    )
    SELECT pg_notify(${studyVotesChannel}, study_id)::text FROM rescored`;
}

/** For a study whose codes of texts were revealed or settled. */
export async function markRecoded(connection: Connection, studyId: string): Promise<void> {
  await connection.rescoredStudy.create({ data: { studyId } });
  await connection.$executeRaw`SELECT pg_notify(${studyVotesChannel}, ${studyId})`;
}
