/** Writes genomes in bulk: rows as one JSON array, their bytes as one block. An existing row stays, because equal ids mean equal rows. */
import { ByteBlock } from "../../server/database/byteBlock.ts";
import type { Connection } from "../../server/database/database.ts";
import { type Address, genomeIdOf } from "../../server/database/deterministicIds.ts";
import type { ScoredImage } from "../images/writeImages.ts";

/** A genome that held a niche at the end of a generation, with its image and the image's score by the run's model. */
export interface NewGenome extends Address, ScoredImage {
  readonly sha256: string;
  readonly byteLength: number;
  /** Null if it is stored as an object. */
  readonly bytes: Uint8Array | null;
  readonly parents: readonly Address[];
}

export async function writeGenomes(connection: Connection, runId: string, genomes: readonly NewGenome[]): Promise<void> {
  if (genomes.length === 0) return;
  const block = new ByteBlock();
  const rows = genomes.map((genome) => {
    const [first, second] = genome.parents;
    return {
      id: genomeIdOf(runId, genome),
      generation: genome.generation,
      index: genome.index,
      sha256: genome.sha256,
      byteLength: genome.byteLength,
      ...(genome.bytes === null ? { start: null, length: null } : block.add(genome.bytes)),
      first: first === undefined ? null : genomeIdOf(runId, first),
      second: second === undefined ? null : genomeIdOf(runId, second),
      image: genome.image.sha256,
    };
  });
  await connection.$executeRaw`
    INSERT INTO genomes (id, run_id, workspace_id, generation, index, sha256, byte_length, bytes, first_parent_id, second_parent_id, image_sha256)
    SELECT g.id, r.id, r.workspace_id, g.generation, g.index, g.sha256, g."byteLength", substring(${block.bytes}::bytea FROM g.start FOR g.length),
      g.first, g.second, g.image
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS g (
      id text, generation int, index int, sha256 text, "byteLength" int, start int, length int, first text, second text, image text
    )
    JOIN runs r ON r.id = ${runId}
    ON CONFLICT DO NOTHING`;
}
