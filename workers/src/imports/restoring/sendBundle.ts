/**
 * Sends the rows and files of a bundle from the process that reads it: all rows, then genomes that are files, images, and files of
 * networks. Each image is decoded, and each genome drawn again, so that what could crash or hang a reader does so in this process.
 */
import { lineOf } from "@pareidolia/exchange/bundleRow";
import { type TableName, tableNames } from "@pareidolia/exchange/bundleTables";
import type { Bundle } from "@pareidolia/exchange/readBundle";
import { notRestorable } from "@pareidolia/exchange/restoring/notRestorable";
import { checkRestorable } from "@pareidolia/exchange/restoring/restorable";
import { decodePng } from "@pareidolia/images/png";
import { drawGenomes } from "../../figures/drawnGenomes.ts";
import { refuseFinding } from "../../figures/finding.ts";
import { checkImageFile } from "../../figures/storedImages.ts";
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
  for await (const row of bundle.rows("images")) {
    const { sha256 } = row;
    const bytes = await bundle.readFile("images", sha256);
    checkImageFile(row, bytes, refuseFinding);
    writeFrame({ kind: "file", folder: "images", sha256 }, bytes);
  }
  const drawn = await drawGenomes({
    bundle,
    keyOf: (run) => `run ${run}`,
    report: refuseFinding,
    readGenome: (sha256) => readGenome(bundle, sha256),
    readImage: async (sha256) => decodePng(await bundle.readFile("images", sha256)),
    until: performance.now() + drawMilliseconds,
  });
  writeFrame({ kind: "drawn", ...drawn });
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

async function readGenome(bundle: Bundle, sha256: string): Promise<Uint8Array> {
  if (!bundle.has("genomes", sha256)) throw notRestorable(`the genome ${sha256.slice(0, 12)} has no bytes`);
  return bundle.readFile("genomes", sha256);
}
