/**
 * Unpacks selected files of a zip archive as streams, since a library in a wheel is half a gigabyte. Reads the central directory
 * (APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16); archives beyond 4 GB are rejected. Executable files stay executable, no other
 * permission is restored, and a symbolic link becomes a plain file with its target as content.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { chmod, type FileHandle, mkdir, open } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";
import { AppError } from "@pareidolia/core/appError";

interface Entry {
  readonly name: string;
  readonly stored: boolean;
  readonly compressedBytes: number;
  readonly bytes: number;
  readonly headerOffset: number;
  readonly executable: boolean;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
/** Host system in the upper byte of an entry's version (4.4.2). On Unix, the upper half of its attributes is the mode (4.4.15). */
const madeByUnix = 3;
const mode = { kind: 0o170000, regular: 0o100000, execute: 0o111, executable: 0o755 } as const;
/** The end record has 22 bytes, followed by a comment of at most 65,535. */
const longestEnd = 22 + 65_535;

export interface UnpackOptions {
  readonly archive: string;
  readonly folder: string;
  /** Prefixes of the paths to unpack. */
  readonly keep: readonly string[];
  readonly signal: AbortSignal;
  readonly progress: (detail: string) => void;
}

/** Returns the number of files written. */
export async function unpackZip({ archive, folder, keep, signal, progress }: UnpackOptions): Promise<number> {
  const file = await open(archive);
  try {
    const wanted = (await readDirectory(file, archive)).filter(
      ({ name }) => !name.endsWith("/") && keep.some((prefix) => name.startsWith(prefix)),
    );
    for (const entry of wanted) {
      signal.throwIfAborted();
      const target = path.join(folder, entry.name);
      if (path.relative(folder, target).startsWith("..")) throw broken(archive, `it contains a path outside the folder, ${entry.name}`);
      if (entry.bytes > 10_000_000) progress(entry.name);
      await mkdir(path.dirname(target), { recursive: true });
      await unpackEntry(file, archive, entry, target, signal);
      if (entry.executable) await chmod(target, mode.executable);
    }
    return wanted.length;
  } finally {
    await file.close();
  }
}

async function readDirectory(file: FileHandle, archive: string): Promise<Entry[]> {
  const { size } = await file.stat();
  const tail = await readAt(file, Math.max(0, size - longestEnd), Math.min(size, longestEnd));
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== endSignature) end--;
  if (end < 0) throw broken(archive, "it has no directory");
  const count = tail.readUInt16LE(end + 10);
  const length = tail.readUInt32LE(end + 12);
  if (length > size) throw broken(archive, "its directory is longer than the file");
  const directory = await readAt(file, tail.readUInt32LE(end + 16), length);
  const entries: Entry[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (directory.length < at + 46 || directory.readUInt32LE(at) !== entrySignature) throw broken(archive, "its directory is truncated");
    const nameLength = directory.readUInt16LE(at + 28);
    const method = directory.readUInt16LE(at + 10);
    if (method !== 0 && method !== 8) throw broken(archive, `it uses compression method ${method}, which is not supported`);
    entries.push({
      name: directory.toString("utf8", at + 46, at + 46 + nameLength),
      stored: method === 0,
      compressedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      headerOffset: directory.readUInt32LE(at + 42),
      executable: directory[at + 5] === madeByUnix && isExecutable(directory.readUInt16LE(at + 40)),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** An entry without a file type is a regular file. */
function isExecutable(fileMode: number): boolean {
  const kind = fileMode & mode.kind;
  return (kind === mode.regular || kind === 0) && (fileMode & mode.execute) !== 0;
}

async function unpackEntry(file: FileHandle, archive: string, entry: Entry, target: string, signal: AbortSignal): Promise<void> {
  const header = await readAt(file, entry.headerOffset, 30);
  if (header.length < 30 || header.readUInt32LE(0) !== localSignature) throw broken(archive, `the header of ${entry.name} is missing`);
  const start = entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const output = createWriteStream(target);
  if (entry.compressedBytes === 0) {
    await pipeline([], output, { signal });
    return;
  }
  const input = createReadStream(archive, { start, end: start + entry.compressedBytes - 1 });
  let written = 0;
  const checked = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      written += chunk.length;
      if (written > entry.bytes) throw broken(archive, `${entry.name} has more than the declared ${entry.bytes} bytes`);
      yield chunk;
    }
  };
  try {
    if (entry.stored) await pipeline(input, checked, output, { signal });
    else await pipeline(input, createInflateRaw(), checked, output, { signal });
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith("Z_")) throw error;
    throw broken(archive, `${entry.name} is damaged`, error);
  }
  if (written !== entry.bytes) throw broken(archive, `${entry.name} has ${written} bytes instead of ${entry.bytes}`);
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function broken(archive: string, reason: string, cause?: unknown): AppError {
  return new AppError(
    "CORRUPT_DATA",
    `Cannot unpack ${path.basename(archive)}: ${reason}. Delete the file and run the same command again.`,
    cause === undefined ? {} : { cause },
  );
}
