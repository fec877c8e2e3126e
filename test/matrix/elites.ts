/** Elites that are written without their run being carried out. */
import type { Connection } from "@pareidolia/persistence/server/database/database";

interface NewElite {
  /** Of the elite and its genome. */
  readonly id: string;
  readonly runId: string;
  readonly imageSha256: string;
  readonly firstParentId: string | null;
}

export async function writeElite(connection: Connection, { id, runId, imageSha256, firstParentId }: NewElite): Promise<void> {
  const genome = { generation: 0, index: 0, sha256: "0".repeat(64), byteLength: 1, bytes: Uint8Array.of(0), copiedParents: [] };
  await connection.genome.create({ data: { id, runId, imageSha256, firstParentId, ...genome } });
  const found = { niche: 0, generation: 0, fitness: 0.1, storedFitness: 0.1 };
  await connection.elite.create({ data: { id, runId, genomeId: id, ...found } });
}
