/** Finds the images from which a study can be drawn, with the network's label and confidence on the stored bytes. */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { liveRuns } from "../../server/scope/live.ts";
import type { Scope } from "../../server/scope/scope.ts";

export interface StudyCandidate {
  readonly image: string;
  readonly label: number;
  readonly confidence: number;
  readonly modelId: string;
  readonly labelSpace: string;
  readonly eliteId: string | null;
  readonly photoId: string | null;
  /** An encoding, the kind of run, or "photograph". */
  readonly source: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

export interface CandidateQuery {
  readonly scope: Scope;
  readonly runIds: readonly string[];
  readonly modelIds: readonly string[];
  readonly encodings: readonly string[];
  readonly minimumConfidence: number | null;
  readonly maximumConfidence: number | null;
  /** Maximum number of candidates, the most confident ones first. */
  readonly limit: number;
}

/** Current elites of the runs. */
export function findStudyCandidates(connection: Connection, query: CandidateQuery): Promise<StudyCandidate[]> {
  const conditions = [
    Prisma.sql`r.workspace_id = ${query.scope.workspaceId}`,
    Prisma.sql`e.run_id = ANY (${[...query.runIds]})`,
    Prisma.sql`e.replaced_at IS NULL`,
    ...(query.modelIds.length > 0 ? [Prisma.sql`r.model_id = ANY (${[...query.modelIds]})`] : []),
    ...(query.encodings.length > 0 ? [Prisma.sql`r.method = ANY (${[...query.encodings]})`] : []),
    ...(query.minimumConfidence === null ? [] : [Prisma.sql`e.stored_fitness >= ${query.minimumConfidence}::double precision`]),
    ...(query.maximumConfidence === null ? [] : [Prisma.sql`e.stored_fitness <= ${query.maximumConfidence}::double precision`]),
  ];
  return connection.$queryRaw<StudyCandidate[]>(Prisma.sql`
    SELECT g.image_sha256 AS image, e.niche AS label, e.stored_fitness AS confidence, r.model_id AS "modelId", m.label_space AS "labelSpace",
      e.id AS "eliteId", NULL::text AS "photoId", r.method AS source, i.width, i.height, i.channels
    FROM elites e JOIN ${liveRuns} r ON r.id = e.run_id JOIN models m ON m.id = r.model_id JOIN genomes g ON g.id = e.genome_id
      JOIN images i ON i.sha256 = g.image_sha256
    WHERE ${Prisma.join(conditions, " AND ")} ORDER BY e.stored_fitness DESC, e.id LIMIT ${query.limit}`);
}

/** Images of the workspace chosen by hand: with the niche and confidence of an elite, or else the top class of the first network that scored it. */
export function findChosenCandidates(
  connection: Connection,
  { scope, images }: { readonly scope: Scope; readonly images: readonly string[] },
): Promise<StudyCandidate[]> {
  return connection.$queryRaw<StudyCandidate[]>(Prisma.sql`
    SELECT wanted.image, i.width, i.height, i.channels, found.* FROM unnest(${[...images]}::text[]) AS wanted(image)
    JOIN images i ON i.sha256 = wanted.image CROSS JOIN LATERAL (
      (SELECT e.niche AS label, e.stored_fitness AS confidence, r.model_id AS "modelId", m.label_space AS "labelSpace", e.id AS "eliteId",
        NULL::text AS "photoId", r.method AS source, 0 AS rank
      FROM genomes g JOIN elites e ON e.genome_id = g.id JOIN ${liveRuns} r ON r.id = e.run_id JOIN models m ON m.id = r.model_id
      WHERE g.image_sha256 = wanted.image AND r.workspace_id = ${scope.workspaceId}
      ORDER BY (e.replaced_at IS NULL) DESC, e.stored_fitness DESC, e.id LIMIT 1)
      UNION ALL
      (SELECT s.top_class, s.top_confidence, s.model_id, m.label_space, NULL, p.id,
        CASE WHEN p.id IS NULL THEN 'image' ELSE 'photograph' END, 1
      FROM scores s JOIN models m ON m.id = s.model_id LEFT JOIN photos p ON p.image_sha256 = s.image_sha256
        AND (p.workspace_id IS NULL OR p.workspace_id = ${scope.workspaceId})
      WHERE s.image_sha256 = wanted.image AND (m.workspace_id IS NULL OR m.workspace_id = ${scope.workspaceId})
        AND EXISTS (SELECT FROM image_owners o WHERE o.sha256 = wanted.image AND (o.workspace_id IS NULL OR o.workspace_id = ${scope.workspaceId}))
      ORDER BY s.created_at, s.id LIMIT 1)
      ORDER BY rank LIMIT 1) AS found`);
}

/** The network's probabilities of each image, for its next choices; images that it has not scored are missing. */
export async function findProbabilities(
  connection: Connection,
  pairs: readonly { readonly image: string; readonly modelId: string }[],
): Promise<Map<string, Float32Array>> {
  const rows = await connection.$queryRaw<{ image: string; modelId: string; probabilities: Uint8Array }[]>(Prisma.sql`
    SELECT s.image_sha256 AS image, s.model_id AS "modelId", s.probabilities
    FROM unnest(${pairs.map(({ image }) => image)}::text[], ${pairs.map(({ modelId }) => modelId)}::text[]) AS pair(image, model_id)
    JOIN scores s ON s.image_sha256 = pair.image AND s.model_id = pair.model_id`);
  return new Map(
    rows.map(({ image, probabilities: { buffer, byteOffset, byteLength } }) => {
      const view = new DataView(buffer, byteOffset, byteLength);
      return [image, Float32Array.from({ length: byteLength / 4 }, (_, index) => view.getFloat32(index * 4, true))];
    }),
  );
}
