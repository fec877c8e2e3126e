/**
 * Reads a small untrusted ZIP archive (APPNOTE.TXT 6.3, without ZIP64, encryption, comments and multiple parts). Nothing is unpacked to
 * disk. Each size is checked against the directory and the bytes present before memory is allocated.
 */
import { crc32, inflateRawSync } from "node:zlib";
import { AppError } from "@pareidolia/core/appError";

export interface ZipEntry {
  readonly name: string;
  /** Unpacked size. */
  readonly bytes: number;
  /** @throws AppError CORRUPT_DATA if the content does not match the directory. */
  read(): Uint8Array;
}

const localHeader = { signature: 0x04034b50, bytes: 30 };
const directoryHeader = { signature: 0x02014b50, bytes: 46 };
const endRecord = { signature: 0x06054b50, bytes: 22 };
const encrypted = 1;
const methods = { stored: 0, deflated: 8 };
const maxEntries = 1024;
/** The same limit as the intake has for plain files. */
const maxBytes = 600 * 2 ** 20;
/** Weights hardly compress. An archive of zeros does, and would exhaust memory before its content is checked. */
const maxRatio = 100;
const uncheckedBytes = 64 * 2 ** 20;

/** Whether the file begins like a ZIP archive. Other files may end like one. */
export function isZip(file: Uint8Array): boolean {
  return file.length >= 4 && viewOf(file).getUint32(0, true) === localHeader.signature;
}

/** The files of the archive without folders. @throws AppError CORRUPT_DATA for an inconsistent or too large directory. */
export function readZip(file: Uint8Array): readonly ZipEntry[] {
  const view = viewOf(file);
  const end = file.length - endRecord.bytes;
  if (end < 0 || view.getUint32(end, true) !== endRecord.signature) throw corruptZip("it has no end record, or a comment");
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (view.getUint32(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count || start + view.getUint32(end + 12, true) !== end)
    throw corruptZip("it is one part of several, or has data between its parts");
  if (count > maxEntries) throw corruptZip(`it contains ${count} files; the limit is ${maxEntries}`);
  const entries: ZipEntry[] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    if (at + directoryHeader.bytes > end || view.getUint32(at, true) !== directoryHeader.signature)
      throw corruptZip("its directory ends early");
    const nameStart = at + directoryHeader.bytes;
    const nameEnd = nameStart + view.getUint16(at + 28, true);
    const next = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw corruptZip("its directory ends early");
    const name = Buffer.from(file.subarray(nameStart, nameEnd)).toString("utf8");
    if (!name.endsWith("/")) entries.push(entryAt(file, at, name, start));
    at = next;
  }
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > maxBytes) throw corruptZip(`it unpacks to ${total} bytes; the limit is ${maxBytes}`);
  if (total > uncheckedBytes && total > maxRatio * file.length)
    throw corruptZip(`it unpacks to ${total} bytes, more than ${maxRatio} times its size`);
  if (new Set(entries.map(({ name }) => name)).size !== entries.length) throw corruptZip("two of its files have the same name");
  return entries;
}

function entryAt(file: Uint8Array, at: number, name: string, directory: number): ZipEntry {
  const view = viewOf(file);
  const method = view.getUint16(at + 10, true);
  const [checksum, packedBytes, bytes] = [16, 20, 24].map((place) => view.getUint32(at + place, true)) as [number, number, number];
  const header = view.getUint32(at + 42, true);
  if ((view.getUint16(at + 8, true) & encrypted) !== 0) throw corruptZip(`"${name}" is encrypted`);
  if (method !== methods.stored && method !== methods.deflated)
    throw corruptZip(`"${name}" uses the unsupported compression method ${method}`);
  return {
    name,
    bytes,
    read() {
      if (header + localHeader.bytes > directory || view.getUint32(header, true) !== localHeader.signature)
        throw corruptZip(`"${name}" is not at the offset in its directory`);
      const from = header + localHeader.bytes + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
      if (from + packedBytes > directory) throw corruptZip(`"${name}" is truncated`);
      const packed = file.subarray(from, from + packedBytes);
      const content = method === methods.stored ? packed : inflate(packed, bytes, name);
      if (content.length !== bytes || crc32(content) !== checksum) throw corruptZip(`"${name}" does not match its directory`);
      return content;
    },
  };
}

function inflate(packed: Uint8Array, bytes: number, name: string): Uint8Array {
  try {
    return new Uint8Array(inflateRawSync(packed, { maxOutputLength: Math.max(1, bytes) }));
  } catch (cause) {
    throw corruptZip(`"${name}" cannot be unpacked`, cause);
  }
}

function viewOf(file: Uint8Array): DataView {
  return new DataView(file.buffer, file.byteOffset, file.byteLength);
}

function corruptZip(what: string, cause?: unknown): AppError {
  return new AppError("CORRUPT_DATA", `This ZIP archive cannot be read: ${what}.`, { cause });
}
