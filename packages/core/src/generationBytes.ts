/**
 * The bytes of one generation in a run's hash chain: the elites that took a niche in it and held the niche at its end. Every archive
 * follows from the one before it and these elites, so a chain over them covers each archive without its unchanged niches; an archive of
 * a thousand 256 x 256 genomes has 200 MB, and most generations change a few niches. Genomes are represented by their hashes, which the
 * rows have anyway. All numbers are little-endian.
 */

import { ByteWriter } from "./byteWriter.ts";
import { bytesOfHash } from "./hashChain.ts";

/** Where a genome was born: its place in the batch of a generation. */
interface GenomeAddress {
  readonly generation: number;
  readonly index: number;
}

/** An elite by the hash of its genome. */
export interface HashedElite extends GenomeAddress {
  readonly niche: number;
  readonly parents: readonly GenomeAddress[];
  /** SHA-256 of the genome's canonical bytes. */
  readonly genomeSha256: string;
  readonly fitness: number;
}

const magic = 0x31474550; // "PEG1" in little-endian bytes

/** `elites` in niche order, at most one per niche. */
export function serialiseGeneration(elites: readonly HashedElite[]): Uint8Array {
  const writer = new ByteWriter();
  writer.uint32(magic);
  writer.uint32(elites.length);
  for (const { niche, generation, index, parents, genomeSha256, fitness } of elites) {
    writer.uint32(niche);
    writer.uint32(generation);
    writer.uint32(index);
    writer.uint32(parents.length);
    for (const parent of parents) {
      writer.uint32(parent.generation);
      writer.uint32(parent.index);
    }
    writer.bytes(bytesOfHash(genomeSha256));
    writer.float64(fitness);
  }
  return writer.finish();
}
