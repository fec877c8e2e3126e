/**
 * Refuses files that are also valid in another format: a browser, unpacker or loader could interpret them differently. Our own readers
 * go by content, but a stored file may be passed to software that does not.
 */
import { isTflite } from "../importers/tflite/readTflite.ts";
import { isZip } from "../importers/zipArchive.ts";
import { archivedNames } from "./archivedNames.ts";
import { Refusal } from "./refusal.ts";

const signatures: readonly (readonly [signature: string, kind: string])[] = [
  ["\u007fELF", "a program"],
  ["MZ", "a program"],
  ["\u00ca\u00fe\u00ba\u00be", "a program"],
  ["#!", "a script"],
  ["\u0089PNG", "an image"],
  ["GIF8", "an image"],
  ["\u00ff\u00d8\u00ff", "an image"],
  ["RIFF", "an image"],
  ["%PDF-", "a PDF document"],
  ["\u001f\u008b", "a gzip archive"],
  ["\u0089HDF", "an HDF5 file (Keras); save the model as a tfjs layers model or convert it to ONNX"],
  ["\u0080\u0002", "a Python pickle, which runs code when it is read; export the model to ONNX"],
  ["\u0080\u0004", "a Python pickle, which runs code when it is read; export the model to ONNX"],
];
/** Browsers and PDF readers sniff this many bytes. */
const sniffedBytes = 1024;
const maxTexts = 16;
const plainText = /^\w[\w-]*\.(?:txt|json)$/;
const documentMarks = /<!doctype|<html|<svg|<script|<\?xml|<\?php|%PDF-/i;

/** @throws Refusal */
export function checkContent(file: Uint8Array): void {
  if (file.length === 0) throw new Refusal("MALFORMED", "This file is empty.");
  const head = Buffer.from(file.buffer, file.byteOffset, Math.min(file.length, sniffedBytes)).toString("latin1");
  for (const [signature, kind] of signatures)
    if (head.startsWith(signature)) throw new Refusal("MALFORMED", `This is ${kind}, not a network.`);
  if (documentMarks.test(head)) throw new Refusal("MALFORMED", "This file is also a document or a script.");
  if (isZip(file)) return; // Its files are checked after unpacking.
  const packed = archivedNames(file);
  // TFLite files may have labels attached as a ZIP archive of plain text files.
  if (packed !== null && !(isTflite(file) && packed.length <= maxTexts && packed.every((name) => plainText.test(name))))
    throw new Refusal("MALFORMED", "This file is also a ZIP archive: data was appended to the network. Remove it.");
}
