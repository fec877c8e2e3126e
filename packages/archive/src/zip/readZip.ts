/**
 * Reads an untrusted ZIP archive of any size from its directory. Counts and sizes are checked before memory is allocated, files may not
 * overlap, and a file stops unpacking as soon as it is larger than declared.
 */
import { crc32 } from "node:zlib";
import { Inflate } from "fflate";
import { type ArchiveFile, type ArchiveLimits, archiveLimits, checkName, unreadable } from "../archiveFiles.ts";
import { extraField64, flagBits, methods, most16, most32, signatures, sizes } from "./zipFormat.ts";

/** Bytes with random access, such as an open file. */
export interface ByteSource {
  readonly size: number;
  /** All bytes of the range. @throws AppError if the range is not in the source. */
  read(at: number, bytes: number): Promise<Uint8Array>;
}

const maxCommentLength = most16;
/** Deflate unpacks 1 byte to at most 1,032 bytes, so a piece unpacks to 16.1 MiB at most. */
const pieceBytes = 16 * 1024;
/** Enough for two million files with hashes as names. */
const maxDirectorySize = 288 * 2 ** 20;
/** Deflate cannot do better. */
const highestRatio = 1032;
const linkMode = 0o120000;
const fileMode = 0o100000;
const modeBits = 0o170000;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly checksum: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly at: number;
}

/** The files of the archive by name. @throws AppError CORRUPT_DATA naming what is wrong with it. */
export async function readZip(source: ByteSource, limits: ArchiveLimits = archiveLimits): Promise<ReadonlyMap<string, ArchiveFile>> {
  const { files, at, bytes } = await findDirectory(source);
  if (files > limits.files) throw unreadable(`it contains ${files} files; the limit is ${limits.files}`);
  if (bytes > maxDirectorySize || bytes < files * sizes.directoryHeader || at + bytes > source.size)
    throw unreadable("the size of its directory is wrong");
  const entries = parseDirectory(viewOf(await source.read(at, bytes)), files, limits.checkName ?? checkName);
  const total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  if (total > limits.bytes) throw unreadable(`it unpacks to ${total} bytes; the limit is ${limits.bytes}`);
  checkPlaces(entries, at);
  const found = new Map<string, ArchiveFile>();
  for (const entry of entries) {
    if (found.has(entry.name)) throw unreadable(`"${entry.name}" occurs twice`);
    found.set(entry.name, { name: entry.name, bytes: entry.bytes, read: () => unpack(source, entry, at) });
  }
  return found;
}

async function findDirectory(source: ByteSource): Promise<{ files: number; at: number; bytes: number }> {
  const tailBytes = Math.min(source.size, sizes.endRecord + maxCommentLength);
  const tailAt = source.size - tailBytes;
  const tail = viewOf(await source.read(tailAt, tailBytes));
  let end = tailBytes - sizes.endRecord;
  while (end >= 0 && !(tail.getUint32(end, true) === signatures.endRecord && end + 22 + tail.getUint16(end + 20, true) === tailBytes))
    end--;
  if (end < 0) throw unreadable("it is not a ZIP archive, or it is cut off");
  if (tail.getUint16(end + 4, true) !== 0 || tail.getUint16(end + 6, true) !== 0) throw unreadable("it is one part of several");
  const short = {
    files: tail.getUint16(end + 10, true),
    bytes: tail.getUint32(end + 12, true),
    at: tail.getUint32(end + 16, true),
  };
  const far = short.files === most16 || short.bytes === most32 || short.at === most32;
  if (!far) return short;
  const locatorAt = tailAt + end - sizes.endLocator64;
  if (locatorAt < sizes.endRecord64) throw unreadable("its ZIP64 records are missing");
  const locator = viewOf(await source.read(locatorAt, sizes.endLocator64));
  const recordAt = long(locator, 8);
  if (locator.getUint32(0, true) !== signatures.endLocator64 || recordAt + sizes.endRecord64 > locatorAt)
    throw unreadable("its ZIP64 records are missing");
  const record = viewOf(await source.read(recordAt, sizes.endRecord64));
  if (record.getUint32(0, true) !== signatures.endRecord64) throw unreadable("its ZIP64 records are missing");
  return { files: long(record, 32), bytes: long(record, 40), at: long(record, 48) };
}

function parseDirectory(view: DataView, files: number, check: (name: string) => void): Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  for (let index = 0; index < files; index++) {
    if (at + sizes.directoryHeader > view.byteLength || view.getUint32(at, true) !== signatures.directoryHeader)
      throw unreadable("its directory ends early");
    const nameEnd = at + sizes.directoryHeader + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const next = extraEnd + view.getUint16(at + 32, true);
    if (next > view.byteLength) throw unreadable("its directory ends early");
    const name = Buffer.from(view.buffer, view.byteOffset + at + sizes.directoryHeader, nameEnd - at - sizes.directoryHeader).toString(
      "latin1",
    );
    check(name.endsWith("/") ? name.slice(0, -1) : name);
    const entry = parseEntry(view, at, name, nameEnd, extraEnd);
    if (entry !== null) entries.push(entry);
    at = next;
  }
  if (at !== view.byteLength) throw unreadable("its directory has more entries than declared");
  return entries;
}

/** Null for a folder. */
function parseEntry(view: DataView, at: number, name: string, extraAt: number, extraEnd: number): Entry | null {
  const method = view.getUint16(at + 10, true);
  const [packed32, bytes32, at32] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true), view.getUint32(at + 42, true)];
  const wide = [bytes32, packed32, at32].filter((value) => value === most32).length;
  const longs = wide === 0 ? [] : longFields(view, extraAt, extraEnd, wide, name);
  const widened = (value: number): number => (value === most32 ? (longs.shift() as number) : value);
  // In this order in the extra field.
  const bytes = widened(bytes32);
  const packedBytes = widened(packed32);
  const entry: Entry = { name, method, checksum: view.getUint32(at + 16, true), bytes, packedBytes, at: widened(at32) };
  const madeOnUnix = view.getUint8(at + 5) === 3;
  const mode = (view.getUint32(at + 38, true) >>> 16) & modeBits;
  if (madeOnUnix && mode === linkMode) throw unreadable(`${JSON.stringify(name)} is a link`);
  if (name.endsWith("/")) {
    if (bytes !== 0) throw unreadable(`the folder "${name}" has content`);
    return null;
  }
  if (madeOnUnix && mode !== 0 && mode !== fileMode) throw unreadable(`"${name}" is not a plain file`);
  if ((view.getUint16(at + 8, true) & flagBits.encrypted) !== 0) throw unreadable(`"${name}" is encrypted`);
  if (method !== methods.stored && method !== methods.deflated) throw unreadable(`"${name}" is compressed by method ${method}`);
  if (method === methods.stored ? packedBytes !== bytes : bytes > highestRatio * packedBytes)
    throw unreadable(`the sizes of "${name}" contradict one another`);
  return entry;
}

function longFields(view: DataView, from: number, end: number, count: number, name: string): number[] {
  for (let at = from; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    const bytes = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === extraField64 && bytes >= 8 * count && at + 4 + bytes <= end)
      return Array.from({ length: count }, (_, index) => long(view, at + 4 + 8 * index));
  }
  throw unreadable(`"${name}" lacks its ZIP64 sizes`);
}

/** Files that share bytes would unpack to far more than the archive's size. */
function checkPlaces(entries: readonly Entry[], directory: number): void {
  const inOrder = [...entries].sort((one, other) => one.at - other.at);
  for (const [index, { name, at, packedBytes }] of inOrder.entries()) {
    const end = inOrder[index + 1]?.at ?? directory;
    if (at + sizes.localHeader + name.length + packedBytes > end) throw unreadable(`"${name}" overlaps another file, or is cut off`);
  }
}

async function* unpack(source: ByteSource, entry: Entry, directory: number): AsyncGenerator<Uint8Array, void, undefined> {
  const { name, at, method, packedBytes, bytes, checksum } = entry;
  // The directory's check of places has found room for the name.
  const head = await source.read(at, sizes.localHeader + name.length);
  const header = viewOf(head);
  const nameBytes = header.getUint16(26, true);
  const from = at + sizes.localHeader + nameBytes + header.getUint16(28, true);
  if (header.getUint32(0, true) !== signatures.localHeader || nameBytes !== name.length || from + packedBytes > directory)
    throw unreadable(`"${name}" is not where the directory says`);
  const local = Buffer.from(head.subarray(sizes.localHeader)).toString("latin1");
  if (local !== name || header.getUint16(8, true) !== method) throw unreadable(`"${name}" is not where the directory says`);
  let [unpacked, sum] = [0, 0];
  const pieces = method === methods.stored ? read(source, from, packedBytes) : inflate(read(source, from, packedBytes), name);
  for await (const piece of pieces) {
    unpacked += piece.length;
    if (unpacked > bytes) throw unreadable(`"${name}" is larger than declared`);
    sum = crc32(piece, sum);
    yield piece;
  }
  if (unpacked !== bytes || sum !== checksum) throw unreadable(`"${name}" does not match its size or checksum`);
}

async function* read(source: ByteSource, from: number, bytes: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes; at += pieceBytes) yield await source.read(from + at, Math.min(pieceBytes, bytes - at));
}

async function* inflate(packed: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array, void, undefined> {
  const ready: Uint8Array[] = [];
  const stream = new Inflate((piece) => ready.push(piece));
  const push = (piece: Uint8Array, final: boolean): Uint8Array[] => {
    try {
      stream.push(piece, final);
    } catch (cause) {
      throw unreadable(`"${name}" cannot be unpacked`, cause);
    }
    return ready.splice(0);
  };
  // The last piece must be known as the last, or a stream that is cut off would pass.
  let last: Uint8Array | null = null;
  for await (const piece of packed) {
    if (last !== null) yield* push(last, false);
    last = piece;
  }
  yield* push(last ?? new Uint8Array(0), true);
}

function long(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw unreadable("a size or offset is too large");
  return Number(value);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
