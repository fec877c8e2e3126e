/**
 * Serialises an archive to canonical bytes: equal archives give equal bytes, so their SHA-256 shows whether an interrupted run
 * ended in the same archive as an undisturbed one. First come the genomes with address and parents, each once, in the order of the
 * first niche that they hold; then, for each niche, the position of its genome and the fitness. All numbers are little-endian.
 */

import { ByteWriter } from "@pareidolia/core/byteWriter";
import type { Encoding } from "@pareidolia/core/encoding";
import type { Elite } from "./lineage.ts";

const magic = 0x31414550; // "PEA1" in little-endian bytes

export function serialiseArchive<G>(elites: readonly (Elite<G> | null)[], encoding: Encoding<G>): Uint8Array {
  const positions = new Map<string, number>();
  const genomes: Elite<G>[] = [];
  for (const elite of elites) {
    if (elite === null) continue;
    const address = `${elite.generation}:${elite.index}`;
    if (positions.has(address)) continue;
    positions.set(address, genomes.length);
    genomes.push(elite);
  }
  const writer = new ByteWriter();
  writer.uint32(magic);
  writer.uint32(genomes.length);
  for (const { generation, index, parents, genome } of genomes) {
    writer.uint32(generation);
    writer.uint32(index);
    writer.uint32(parents.length);
    for (const parent of parents) {
      writer.uint32(parent.generation);
      writer.uint32(parent.index);
    }
    const bytes = encoding.serialise(genome);
    writer.uint32(bytes.length);
    writer.bytes(bytes);
  }
  writer.uint32(elites.length);
  for (const elite of elites) {
    writer.uint32(elite === null ? 0xffffffff : (positions.get(`${elite.generation}:${elite.index}`) as number));
    if (elite !== null) writer.float64(elite.fitness);
  }
  return writer.finish();
}
