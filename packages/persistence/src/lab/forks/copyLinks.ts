/** Copies the first links of a retraining chain into the chain of a new run. The networks and images of the links are shared. */

import type { Connection } from "../../server/database/database.ts";
import type { ChainLinkRecord } from "../chains/readChains.ts";
import { writeFigures } from "../runs/writeFigures.ts";

export interface CopiedLinks {
  readonly originalId: string;
  readonly forkId: string;
  /** How many links to copy, from DNN_1 on. All of them are finished. */
  readonly count: number;
  readonly evaluations: number;
  /** The hash with which the fork's hash chain starts. */
  readonly chainHash: string;
}

/** What a fork's hash chain covers of the links that it starts with. */
export function documentOfLinks(links: readonly ChainLinkRecord[]): unknown {
  return links.map(({ iteration, modelId, metrics }) => ({
    model: iteration === 1 ? null : modelId,
    images: (metrics as { readonly images?: string }).images ?? null,
  }));
}

export async function copyLinks(connection: Connection, { originalId, forkId, count, evaluations, chainHash }: CopiedLinks): Promise<void> {
  await connection.$executeRaw`
    UPDATE chain_links fork SET state = 'SUCCEEDED', model_id = link.model_id, test_error = link.test_error,
      median_confidence = link.median_confidence, fooling_share = link.fooling_share, fooling_images = link.fooling_images,
      metrics = link.metrics, started_at = link.started_at, ended_at = link.ended_at
    FROM chain_links link
    WHERE link.run_id = ${originalId} AND fork.run_id = ${forkId} AND fork.iteration = link.iteration AND link.iteration <= ${count}`;
  await connection.$executeRaw`
    INSERT INTO chain_elites (link_id, niche, confidence, stored_confidence, image_sha256)
    SELECT fork.id, e.niche, e.confidence, e.stored_confidence, e.image_sha256
    FROM chain_links link JOIN chain_elites e ON e.link_id = link.id
    JOIN chain_links fork ON fork.run_id = ${forkId} AND fork.iteration = link.iteration
    WHERE link.run_id = ${originalId} AND link.iteration <= ${count}`;
  await connection.runStepHash.create({ data: { runId: forkId, step: count - 1, hash: chainHash } });
  await connection.$executeRaw`UPDATE runs SET evaluations = ${evaluations} WHERE id = ${forkId}`;
  await writeFigures(connection, [forkId]);
}
