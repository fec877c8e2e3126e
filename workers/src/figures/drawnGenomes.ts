/** Draws each genome again: its bytes must have the hash of its row, and give the pixels of its image, bit by bit. */
import { createHash } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import { canonicalJson } from "@pareidolia/core/canonicalJson";
import type { Encoding } from "@pareidolia/core/encoding";
import { type ByteImage, quantiseImage } from "@pareidolia/core/image";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { RowOf } from "@pareidolia/exchange/bundleTables";
import { notRestorable } from "@pareidolia/exchange/restoring/notRestorable";
import { encodingOf } from "@pareidolia/exchange/restoring/runRow";
import { openEncoding } from "../evolution/openSearch.ts";
import type { FiguresToCheck } from "./figuresToCheck.ts";
import { compareFigures, type Report } from "./finding.ts";

export interface GenomesToDraw extends FiguresToCheck {
  /** The canonical bytes of a genome that is not in its row. */
  readonly readGenome: (sha256: string) => Promise<Uint8Array>;
  readonly readImage: (sha256: string) => Promise<ByteImage>;
  /** Genomes are not drawn after this time of `performance.now()`; their bytes are still checked. */
  readonly until: number;
  readonly signal?: AbortSignal;
}

interface Drawing {
  readonly name: string;
  readonly parameters: Parameters;
}

/** Different genomes, and those of them that were drawn. */
export interface DrawnGenomes {
  readonly drawn: number;
  readonly total: number;
}

export async function drawGenomes({ bundle, keyOf, report, readGenome, readImage, until, signal }: GenomesToDraw): Promise<DrawnGenomes> {
  const drawings = new Map<number, Drawing>();
  for await (const row of bundle.rows("runs")) {
    const name = encodingOf(row);
    if (name !== null) drawings.set(row.run, { name, parameters: row.parameters as Parameters });
  }
  const encodings = new Map<string, Encoding<unknown>>();
  const drawn = new Set<string>();
  let total = 0;
  for await (const row of bundle.rows("genomes")) {
    signal?.throwIfAborted();
    const drawing = drawings.get(row.run) as Drawing;
    const place = `the genome ${row.generation}.${row.index} of ${keyOf(row.run)}`;
    const bytes = bytesOf(row, place, report);
    const setting = `${drawing.name} ${canonicalJson(drawing.parameters)}`;
    // As a hash, for millions of genomes.
    const address = createHash("sha256").update(`${row.sha256} ${row.image} ${setting}`).digest().toString("latin1");
    if (drawn.has(address)) continue;
    total++;
    if (performance.now() > until) continue;
    const genome = bytes ?? (await readGenome(row.sha256));
    if (bytes === null) compareFigures(report, place, { "genomes.byte_length": [row.byte_length, genome.length] });
    const stored = await readImage(row.image);
    const key = `${setting} ${stored.width} ${stored.height} ${stored.channels}`;
    const encoding = encodings.get(key) ?? open(drawing, stored, row.run);
    encodings.set(key, encoding);
    const image = drawOrNull(encoding, genome);
    if (image === null || !isSame(image, stored))
      report({ column: "genomes.image", place, stored: row.image, computed: image === null ? null : "another image" });
    drawn.add(address);
  }
  return { drawn: drawn.size, total };
}

/** The bytes of a genome that is in its row, which must have the hash and the length of the row; null for an object. */
function bytesOf({ bytes: text, sha256, byte_length: length }: RowOf<"genomes">, place: string, report: Report): Uint8Array | null {
  if (text === null) return null;
  const bytes = new Uint8Array(Buffer.from(text, "base64"));
  compareFigures(report, place, {
    "genomes.bytes": [createHash("sha256").update(bytes).digest("hex"), sha256],
    "genomes.byte_length": [length, bytes.length],
  });
  return bytes;
}

/** Checks the bytes of genomes that are in their rows. The store checks the others. */
export async function checkGenomeBytes({ bundle, keyOf, report }: FiguresToCheck): Promise<void> {
  for await (const row of bundle.rows("genomes")) bytesOf(row, `the genome ${row.generation}.${row.index} of ${keyOf(row.run)}`, report);
}

/** Null for bytes that are no genome. */
function drawOrNull(encoding: Encoding<unknown>, genome: Uint8Array): ByteImage | null {
  try {
    return quantiseImage(encoding.decode(encoding.parse(genome)));
  } catch (error) {
    if (error instanceof AppError && error.code === "CORRUPT_DATA") return null;
    throw error;
  }
}

function open({ name, parameters }: Drawing, { width, height, channels }: ByteImage, run: number): Encoding<unknown> {
  try {
    return openEncoding({ encoding: name, parameters }, { width, height, channels });
  } catch (error) {
    if (error instanceof AppError)
      throw notRestorable(`the encoding of run ${run} does not accept its parameters: ${error.message.replace(/\.$/, "")}`);
    throw error;
  }
}

function isSame(one: ByteImage, other: ByteImage): boolean {
  return one.width === other.width && one.channels === other.channels && Buffer.compare(one.pixels, other.pixels) === 0;
}
