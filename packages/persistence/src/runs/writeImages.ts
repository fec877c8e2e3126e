/**
 * Bulk inserts of images, genomes and scores. Rows travel as one JSON array and their bytes as one block, out of which
 * each row cuts its own; a row that is there already is left alone, since equal ids mean equal rows.
 */
import type { Connection } from "../database.ts";
import { trustedMilliseconds } from "../objectStores/objectStore.ts";
import { type Address, genomeIdOf, scoreIdOf } from "./deterministicIds.ts";

/** A stored image and what a model says of its decoded bytes, one probability a class. */
export interface ScoredImage {
  readonly image: {
    readonly sha256: string;
    readonly width: number;
    readonly height: number;
    readonly channels: number;
    readonly byteLength: number;
  };
  readonly probabilities: Float32Array;
}

/** What it takes of an image to write its score. */
export interface ScoreToWrite {
  readonly image: { readonly sha256: string };
  readonly probabilities: Float32Array;
}

/** A genome that held a niche at the end of a generation, with its image and what the run's model says of that. */
export interface NewGenome extends Address, ScoredImage {
  readonly sha256: string;
  readonly byteLength: number;
  /** Null when it is stored as an object. */
  readonly bytes: Uint8Array | null;
  readonly parents: readonly Address[];
}

/** Bytes laid end to end. Postgres counts from 1. */
class Block {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  add(bytes: Uint8Array): { readonly start: number; readonly length: number } {
    const start = this.#length + 1;
    this.#parts.push(bytes);
    this.#length += bytes.length;
    return { start, length: bytes.length };
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(Buffer.concat(this.#parts));
  }
}

export async function writeImages(connection: Connection, images: readonly Pick<ScoredImage, "image">[]): Promise<void> {
  if (images.length === 0) return;
  // Sorted, so that two runs that store the same images take their locks in one order.
  const rows = [...new Map(images.map(({ image }) => [image.sha256, image])).values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  // Sweeps delete old images without a reference, but skip rows that are locked or renewed here. So the caller may refer to all of them.
  await connection.$executeRaw`
    INSERT INTO images (sha256, width, height, channels, byte_length)
    SELECT i.sha256, i.width, i.height, i.channels, i."byteLength" FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS i (
      sha256 text, width int, height int, channels int, "byteLength" int
    )
    ON CONFLICT (sha256) DO UPDATE SET created_at = now()
    WHERE images.created_at < now() - ${trustedMilliseconds / 1000} * interval '1 second'`;
}

export async function writeGenomes(connection: Connection, runId: string, genomes: readonly NewGenome[]): Promise<void> {
  if (genomes.length === 0) return;
  const block = new Block();
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
    INSERT INTO genomes (id, run_id, generation, index, sha256, byte_length, bytes, first_parent_id, second_parent_id, image_sha256)
    SELECT g.id, ${runId}, g.generation, g.index, g.sha256, g."byteLength", substring(${block.bytes}::bytea FROM g.start FOR g.length),
      g.first, g.second, g.image
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS g (
      id text, generation int, index int, sha256 text, "byteLength" int, start int, length int, first text, second text, image text
    )
    ON CONFLICT DO NOTHING`;
}

export async function writeScores(connection: Connection, modelId: string, scored: readonly ScoreToWrite[]): Promise<void> {
  if (scored.length === 0) return;
  const block = new Block();
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
  await connection.$executeRaw`
    INSERT INTO scores (id, image_sha256, model_id, probabilities, top_class, top_confidence)
    SELECT s.id, s.image, ${modelId}, substring(${block.bytes}::bytea FROM s.start FOR s.length), s."topClass", s."topConfidence"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS s (
      id text, image text, "topClass" int, "topConfidence" float8, start int, length int
    )
    ON CONFLICT DO NOTHING`;
}
