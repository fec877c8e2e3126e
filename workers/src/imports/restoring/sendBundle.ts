/**
 * Sends the rows and files of a bundle from the process that reads it: all rows, then genomes that are files, images, and files of
 * networks. Each image is decoded, and each genome drawn again, so that what could crash or hang a reader does so in this process.
 */
import { createHash } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import { canonicalJson } from "@pareidolia/core/canonicalJson";
import type { Encoding } from "@pareidolia/core/encoding";
import { type ByteImage, type ImageShape, quantiseImage } from "@pareidolia/core/image";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import { lineOf } from "@pareidolia/exchange/bundleRow";
import { type RowOf, type TableName, tableNames } from "@pareidolia/exchange/bundleTables";
import type { Bundle } from "@pareidolia/exchange/readBundle";
import { notRestorable } from "@pareidolia/exchange/restoring/notRestorable";
import { checkRestorable } from "@pareidolia/exchange/restoring/restorable";
import { encodingOf } from "@pareidolia/exchange/restoring/runRow";
import { SortedHashes } from "@pareidolia/exchange/restoring/sortedHashes";
import { decodePng } from "@pareidolia/images/png";
import { openEncoding } from "../../evolution/openSearch.ts";
import { writeFrame } from "../frames.ts";

/** Characters of a frame of rows. */
const pieceLength = 1 << 18;
/** Genomes that are not drawn within this time are not checked; the report says how many were. */
const drawMilliseconds = 300_000;

export async function sendBundle(bundle: Bundle): Promise<void> {
  await bundle.verify();
  await checkRestorable(bundle, bundle.manifest);
  writeFrame({ kind: "bundle", manifest: bundle.manifest });
  for (const name of tableNames) await sendRows(bundle, name);
  const images = new ImageShapes();
  for await (const { sha256, width, height, channels, byte_length: length } of bundle.rows("images")) {
    const bytes = await bundle.readFile("images", sha256);
    const image = decodePng(bytes);
    if (image.width !== width || image.height !== height || image.channels !== channels || bytes.length !== length)
      throw notRestorable(`the image ${sha256.slice(0, 12)} has another size than its row says`);
    images.add(sha256, image);
    writeFrame({ kind: "file", folder: "images", sha256 }, bytes);
  }
  await drawGenomes(bundle, images);
  for (const folder of ["genomes", "files"] as const)
    for (const sha256 of bundle.hashes(folder)) writeFrame({ kind: "file", folder, sha256 }, await bundle.readFile(folder, sha256));
}

async function sendRows(bundle: Bundle, table: TableName): Promise<void> {
  let [piece, rows] = ["", 0];
  const flush = (): void => {
    if (rows > 0) writeFrame({ kind: "rows", table, rows }, Buffer.from(piece));
    [piece, rows] = ["", 0];
  };
  for await (const row of bundle.rows(table)) {
    piece += lineOf(table, row);
    rows++;
    if (piece.length >= pieceLength) flush();
  }
  flush();
}

/** Sizes of images, which arrive in the order of their hashes. Few images differ in size. */
class ImageShapes {
  readonly #hashes = new SortedHashes();
  readonly #shapes: ImageShape[] = [];
  readonly #known = new Map<string, ImageShape>();

  add(sha256: string, { width, height, channels }: ImageShape): void {
    const name = `${width} ${height} ${channels}`;
    const shape = this.#known.get(name) ?? { width, height, channels };
    this.#known.set(name, shape);
    this.#hashes.add(sha256);
    this.#shapes.push(shape);
  }

  of(sha256: string): ImageShape {
    return this.#shapes[this.#hashes.find(sha256)] as ImageShape;
  }
}

type Drawing = { readonly name: string; readonly parameters: Parameters };

/** Checks each genome's bytes, and that it gives its image, bit by bit. @throws AppError CORRUPT_DATA. */
async function drawGenomes(bundle: Bundle, images: ImageShapes): Promise<void> {
  const drawings = new Map<number, Drawing>();
  for await (const row of bundle.rows("runs")) {
    const name = encodingOf(row);
    if (name !== null) drawings.set(row.run, { name, parameters: row.parameters as Parameters });
  }
  const encodings = new Map<string, Encoding<unknown>>();
  const drawn = new Set<string>();
  const until = performance.now() + drawMilliseconds;
  let total = 0;
  for await (const row of bundle.rows("genomes")) {
    const drawing = drawings.get(row.run) as Drawing;
    const shape = images.of(row.image);
    const name = `the genome ${row.generation}.${row.index} of run ${row.run}`;
    const setting = `${drawing.name} ${canonicalJson(drawing.parameters)} ${shape.width} ${shape.height} ${shape.channels}`;
    // As a hash, for millions of genomes.
    const address = createHash("sha256").update(`${row.sha256} ${row.image} ${setting}`).digest().toString("latin1");
    if (drawn.has(address)) continue;
    total++;
    const bytes = await bytesOf(bundle, row, name);
    if (performance.now() > until) continue;
    const encoding = encodings.get(setting) ?? open(drawing, shape, row.run);
    encodings.set(setting, encoding);
    const image = quantiseImage(encoding.decode(encoding.parse(bytes)));
    if (!isSame(image, decodePng(await bundle.readFile("images", row.image))))
      throw notRestorable(`${name} gives another image than ${row.image.slice(0, 12)}, which its row names`);
    drawn.add(address);
  }
  writeFrame({ kind: "drawn", drawn: drawn.size, total });
}

function open({ name, parameters }: Drawing, { width, height, channels }: ImageShape, run: number): Encoding<unknown> {
  try {
    return openEncoding({ encoding: name, parameters }, { width, height, channels });
  } catch (error) {
    if (error instanceof AppError)
      throw notRestorable(`the encoding of run ${run} does not accept its parameters: ${error.message.replace(/\.$/, "")}`);
    throw error;
  }
}

async function bytesOf(bundle: Bundle, { sha256, bytes: text, byte_length: length }: RowOf<"genomes">, name: string): Promise<Uint8Array> {
  if (text === null && !bundle.has("genomes", sha256)) throw notRestorable(`${name} has no bytes`);
  const bytes = text === null ? await bundle.readFile("genomes", sha256) : new Uint8Array(Buffer.from(text, "base64"));
  if (bytes.length !== length) throw notRestorable(`${name} has ${bytes.length} bytes instead of ${length}`);
  return bytes;
}

function isSame(one: ByteImage, other: ByteImage): boolean {
  return one.width === other.width && one.channels === other.channels && Buffer.compare(one.pixels, other.pixels) === 0;
}
