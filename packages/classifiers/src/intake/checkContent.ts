/**
 * Refuses files that are something else as well: what a browser, an unpacker or a loader would take them for. Every reader here goes
 * by content, but a file that was stored may be handed to one that does not.
 */
import { isTflite } from "../importers/tflite/readTflite.ts";
import { isZip } from "../importers/zipArchive.ts";
import { archivedNames } from "./archivedNames.ts";
import { Refusal } from "./refusal.ts";

const openings: readonly (readonly [signature: string, kind: string])[] = [
  ["\u007fELF", "a program"],
  ["MZ", "a program"],
  ["\u00ca\u00fe\u00ba\u00be", "a program"],
  ["#!", "a script"],
  ["\u0089PNG", "a picture"],
  ["GIF8", "a picture"],
  ["\u00ff\u00d8\u00ff", "a picture"],
  ["RIFF", "a picture"],
  ["%PDF-", "a PDF document"],
  ["\u001f\u008b", "a gzip archive"],
  ["\u0089HDF", "an HDF5 file (Keras); save the model as a layers model of tfjs, or convert it to ONNX"],
  ["\u0080\u0002", "a Python pickle, which runs code when it is read; export the model to ONNX"],
  ["\u0080\u0004", "a Python pickle, which runs code when it is read; export the model to ONNX"],
];
/** Browsers and PDF readers look this far for what a file might be. */
const sniffed = 1024;
const mostTexts = 16;
const plainText = /^\w[\w-]*\.(?:txt|json)$/;
const marks = /<!doctype|<html|<svg|<script|<\?xml|<\?php|%PDF-/i;

/** @throws Refusal */
export function checkContent(file: Uint8Array): void {
  if (file.length === 0) throw new Refusal("MALFORMED", "This file is empty.");
  const head = Buffer.from(file.buffer, file.byteOffset, Math.min(file.length, sniffed)).toString("latin1");
  for (const [signature, kind] of openings)
    if (head.startsWith(signature)) throw new Refusal("MALFORMED", `This is ${kind}, not a network.`);
  if (marks.test(head)) throw new Refusal("MALFORMED", "This file is a document or a script as well, and no network needs to be that.");
  if (isZip(file)) return; // Its parts are checked once they are unpacked.
  const packed = archivedNames(file);
  // TFLite's own way to bring labels along: plain texts, packed behind the network.
  if (packed !== null && !(isTflite(file) && packed.length <= mostTexts && packed.every((name) => plainText.test(name))))
    throw new Refusal("MALFORMED", "This file is a ZIP archive as well: something was packed behind the network. Take it out.");
}
