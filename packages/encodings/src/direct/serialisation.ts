/** Serialises a direct genome to little-endian float32 genes, and to JSON `{ "genes": [...] }`. */
import { AppError, type AppErrorCode } from "@pareidolia/core/appError";

export function serialiseGenes(genome: Float32Array): Uint8Array {
  const bytes = new Uint8Array(genome.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < genome.length; i++) view.setFloat32(i * 4, genome[i] as number, true);
  return bytes;
}

function requireGene(gene: unknown, code: AppErrorCode, i: number): number {
  if (typeof gene !== "number" || !(gene >= 0 && gene <= 1) || Math.fround(gene) !== gene || Object.is(gene, -0))
    throw new AppError(code, `Gene ${i} is not a float32 in [0, 1].`, { field: `genes.${i}` });
  return gene;
}

/** @throws AppError CORRUPT_DATA for another length or a gene outside [0, 1]. */
export function parseGenes(bytes: Uint8Array, length: number): Float32Array {
  if (bytes.length !== length * 4)
    throw new AppError("CORRUPT_DATA", `A genome of ${length} genes has ${length * 4} bytes; this one has ${bytes.length}.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length }, (_, i) => requireGene(view.getFloat32(i * 4, true), "CORRUPT_DATA", i));
}

/** @throws AppError INVALID_INPUT for another structure or length, or a gene outside [0, 1]. */
export function genesFromJson(json: unknown, length: number): Float32Array {
  const genes: unknown =
    typeof json === "object" && json !== null && Object.hasOwn(json, "genes") ? (json as { genes: unknown }).genes : null;
  if (!Array.isArray(genes))
    throw new AppError("INVALID_INPUT", "A direct genome must be an object with a list of genes.", { field: "genes" });
  if (genes.length !== length)
    throw new AppError("INVALID_INPUT", `This image needs ${length} genes; the genome has ${genes.length}.`, { field: "genes" });
  return Float32Array.from(genes, (gene, i) => requireGene(gene, "INVALID_INPUT", i));
}
