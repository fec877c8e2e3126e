/**
 * Entry point of the process that reads the file of an import. Standard input is a document of JSON, and the file is open as descriptor 4;
 * the answer is a sequence of frames: a preview with thumbnails, or what is to be written. It ends with `end` or `refused`.
 */
import { readSync } from "node:fs";
import { json } from "node:stream/consumers";
import type { ByteSource } from "@pareidolia/archive/zip/readZip";
import { AppError } from "@pareidolia/core/appError";
import type { ByteImage } from "@pareidolia/core/image";
import { manifestName } from "@pareidolia/exchange/bundleManifest";
import { type ForeignData, importLimits, unreadable } from "@pareidolia/exchange/imports/foreignData";
import { describeForeign } from "@pareidolia/exchange/imports/importPreview";
import { isZip, openForeign, openForeignZip, readForeignZip, requireForeignSize } from "@pareidolia/exchange/imports/openForeign";
import { maxThumbnails, thumbnailOf } from "@pareidolia/exchange/imports/thumbnail";
import { type Bundle, readBundle } from "@pareidolia/exchange/readBundle";
import { describeBundle } from "@pareidolia/exchange/restoring/describeBundle";
import { decodePng } from "@pareidolia/images/png";
import { writeFrame } from "./frames.ts";
import { sendBundle } from "./restoring/sendBundle.ts";
import type { ImportQuestion } from "./runImportProcess.ts";

const descriptor = 4;
const signatureBytes = 4;

async function answer(): Promise<void> {
  const question = (await json(process.stdin)) as ImportQuestion;
  const { fileName, task } = question;
  const opened = await open(question);
  if (task === "bundle" && "bundle" in opened) await sendBundle(opened.bundle);
  else if (task === "runs" && "data" in opened) await writeRuns(opened.data);
  else if (task === "preview") await ("bundle" in opened ? previewBundle(opened.bundle, fileName) : previewData(opened.data, fileName));
  else throw new AppError("CORRUPT_DATA", "This file cannot be imported: it is not the file that was previewed.");
}

function openSource(size: number): ByteSource {
  return {
    size,
    async read(at, bytes) {
      const buffer = Buffer.allocUnsafe(bytes);
      for (let done = 0; done < bytes; ) {
        const read = at < 0 ? 0 : readSync(descriptor, buffer, done, bytes - done, at + done);
        if (read === 0) throw unreadable("the file is cut off");
        done += read;
      }
      return buffer;
    },
  };
}

async function open({
  byteLength,
  fileName,
  choices,
}: ImportQuestion): Promise<{ readonly bundle: Bundle } | { readonly data: ForeignData }> {
  const source = openSource(byteLength);
  if (!isZip(await source.read(0, Math.min(signatureBytes, byteLength)))) {
    requireForeignSize(byteLength);
    return { data: await openForeign({ bytes: await source.read(0, byteLength), fileName, choices }, decodePng) };
  }
  const files = await openForeignZip(source);
  if (files.has(manifestName)) return { bundle: await readBundle(files) };
  return { data: await readForeignZip(files, { fileName, choices }, decodePng) };
}

function writeThumbnail(image: ByteImage, label: string): void {
  const { width, height, channels, pixels } = thumbnailOf(image);
  writeFrame({ kind: "thumbnail", width, height, channels, label }, pixels);
}

async function previewBundle(bundle: Bundle, fileName: string): Promise<void> {
  const { preview, images } = await describeBundle(bundle, fileName, maxThumbnails);
  writeFrame({ kind: "preview", preview });
  for (const { sha256, label } of images) writeThumbnail(decodePng(await bundle.readFile("images", sha256)), label);
}

async function previewData(data: ForeignData, fileName: string): Promise<void> {
  writeFrame({ kind: "preview", preview: describeForeign(data, fileName) });
  let shown = 0;
  for (const { images } of data.runs) {
    if (shown === maxThumbnails) return;
    for await (const { image, label, niche } of images(() => undefined)) {
      writeThumbnail(image, label ?? (niche === null ? "" : `class ${niche}`));
      if (++shown === maxThumbnails) return;
    }
  }
}

async function writeRuns({ format, runs, skipped, warnings }: ForeignData): Promise<void> {
  for (const { what, reason } of skipped.slice(0, importLimits.notices)) writeFrame({ kind: "skipped", what, reason });
  for (const warning of warnings.slice(0, importLimits.notices)) writeFrame({ kind: "warning", warning });
  for (const { images, startedAt, endedAt, ...run } of runs) {
    writeFrame({ kind: "run", format, ...run, startedAt: startedAt?.toISOString() ?? null, endedAt: endedAt?.toISOString() ?? null });
    const skip = (what: string, reason: string): void => writeFrame({ kind: "skipped", what, reason });
    for await (const { image, ...of } of images(skip)) {
      const { width, height, channels, pixels } = image;
      writeFrame({ kind: "image", width, height, channels, ...of }, pixels);
    }
  }
}

try {
  await answer();
  writeFrame({ kind: "end" });
} catch (error) {
  const known = error instanceof AppError && error.code !== "INTERNAL";
  writeFrame({ kind: "refused", reason: known ? error.message : "This file cannot be imported: reading it failed." });
}
process.exit(0);
