/**
 * Writes a ZIP archive as a stream. Equal files give equal bytes on every machine: times and permissions are fixed, the directory is in
 * order of names, and deflate is fflate's, since the bytes of zlib differ between processors. At most one piece of one file is in memory.
 */
import { crc32 } from "node:zlib";
import { AppError } from "@pareidolia/core/appError";
import { Deflate, deflateSync } from "fflate";
import { extraField64, flagBits, methods, most16, most32, signatures, sizes } from "./zipFormat.ts";

export interface FileToPack {
  /** A relative path in ASCII with `/`. */
  readonly name: string;
  /** Bytes of a small file, or the pieces of a large one. */
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
  /** False for files that are compressed already. Pieces are always deflated. */
  readonly deflate: boolean;
}

interface Packed {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly checksum: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly at: number;
}

/** 1980-01-01, the first date that ZIP knows. */
const fixedDate = 0x21;
const versions = { plain: 20, zip64: 45 };
/** Unix, with the permissions rw-r--r-- of a plain file. */
const madeBy = (3 << 8) | versions.zip64;
const attributes = 0o100644 * 2 ** 16;
const level = 6;

/** @throws AppError INVALID_INPUT for two files of one name, a name that is not ASCII, or a file of 4 GiB or more. */
export async function* writeZip(files: Iterable<FileToPack> | AsyncIterable<FileToPack>): AsyncGenerator<Uint8Array, void, undefined> {
  const packed: Packed[] = [];
  const names = new Set<string>();
  let at = 0;
  for await (const { name, content, deflate } of files) {
    if (names.has(name)) throw new AppError("INVALID_INPUT", `Two files of the archive have the name "${name}".`);
    if (!/^[\x21-\x7e]+$/.test(name)) throw new AppError("INVALID_INPUT", `"${name}" has characters that are not ASCII.`);
    names.add(name);
    const pieces = content instanceof Uint8Array ? writeBytes(name, content, deflate, at) : writePieces(name, content, at);
    for (let next = await pieces.next(); ; next = await pieces.next()) {
      if (next.done) {
        packed.push(next.value);
        break;
      }
      at += next.value.length;
      yield next.value;
    }
  }
  packed.sort((one, other) => (one.name < other.name ? -1 : 1));
  const directory = at;
  for (const file of packed) {
    const header = directoryHeader(file);
    at += header.length;
    yield header;
  }
  yield endOfDirectory(packed.length, directory, at - directory);
}

type Pieces = AsyncGenerator<Uint8Array, Packed, undefined>;

async function* writeBytes(name: string, content: Uint8Array, deflate: boolean, at: number): Pieces {
  checkSize(name, content.length);
  const body = deflate ? deflateSync(content, { level }) : content;
  const file: Packed = {
    name,
    method: deflate ? methods.deflated : methods.stored,
    flags: 0,
    checksum: crc32(content),
    packedBytes: body.length,
    bytes: content.length,
    at,
  };
  yield localHeader(file);
  if (body.length > 0) yield body;
  return file;
}

/** The sizes follow the content, since they are not known before. */
async function* writePieces(name: string, content: AsyncIterable<Uint8Array>, at: number): Pieces {
  const empty = { name, method: methods.deflated, flags: flagBits.sizesFollow, checksum: 0, packedBytes: 0, bytes: 0, at };
  yield localHeader(empty);
  let [checksum, bytes, packedBytes] = [0, 0, 0];
  const ready: Uint8Array[] = [];
  const stream = new Deflate({ level }, (piece) => {
    packedBytes += piece.length;
    ready.push(piece);
  });
  for await (const piece of content) {
    checksum = crc32(piece, checksum);
    bytes += piece.length;
    checkSize(name, bytes);
    stream.push(piece);
    yield* ready.splice(0);
  }
  stream.push(new Uint8Array(0), true);
  yield* ready.splice(0);
  const file = { ...empty, checksum, packedBytes, bytes };
  const descriptor = Buffer.alloc(16);
  [signatures.descriptor, checksum, packedBytes, bytes].forEach((value, index) => descriptor.writeUInt32LE(value, 4 * index));
  yield descriptor;
  return file;
}

function checkSize(name: string, bytes: number): void {
  if (bytes >= most32) throw new AppError("INVALID_INPUT", `"${name}" has 4 GiB or more, which an archive cannot hold.`);
}

/** What local and directory headers share, from the version needed to the lengths of name and extra field. */
function sharedFields({ name, method, flags, checksum, packedBytes, bytes, at }: Packed, inDirectory: boolean): Buffer {
  const fields = Buffer.alloc(26);
  const far = inDirectory && at >= most32;
  fields.writeUInt16LE(far ? versions.zip64 : versions.plain, 0);
  fields.writeUInt16LE(flags, 2);
  fields.writeUInt16LE(method, 4);
  fields.writeUInt16LE(fixedDate, 8);
  fields.writeUInt32LE(checksum, 10);
  fields.writeUInt32LE(packedBytes, 14);
  fields.writeUInt32LE(bytes, 18);
  fields.writeUInt16LE(name.length, 22);
  fields.writeUInt16LE(far ? 12 : 0, 24);
  return fields;
}

function localHeader(file: Packed): Uint8Array {
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(signatures.localHeader);
  return Buffer.concat([signature, sharedFields(file, false), Buffer.from(file.name, "latin1")]);
}

function directoryHeader(file: Packed): Uint8Array {
  const far = file.at >= most32;
  const head = Buffer.alloc(6);
  head.writeUInt32LE(signatures.directoryHeader);
  head.writeUInt16LE(madeBy, 4);
  const tail = Buffer.alloc(sizes.directoryHeader - 32);
  tail.writeUInt32LE(attributes, 6);
  tail.writeUInt32LE(far ? most32 : file.at, 10);
  const extra = Buffer.alloc(far ? 12 : 0);
  if (far) {
    extra.writeUInt16LE(extraField64);
    extra.writeUInt16LE(8, 2);
    extra.writeBigUInt64LE(BigInt(file.at), 4);
  }
  return Buffer.concat([head, sharedFields(file, true), tail, Buffer.from(file.name, "latin1"), extra]);
}

function endOfDirectory(files: number, at: number, bytes: number): Uint8Array {
  const far = files >= most16 || at >= most32 || bytes >= most32;
  const end = Buffer.alloc(sizes.endRecord);
  end.writeUInt32LE(signatures.endRecord);
  end.writeUInt16LE(far ? most16 : files, 8);
  end.writeUInt16LE(far ? most16 : files, 10);
  end.writeUInt32LE(far ? most32 : bytes, 12);
  end.writeUInt32LE(far ? most32 : at, 16);
  if (!far) return end;
  const record = Buffer.alloc(sizes.endRecord64);
  record.writeUInt32LE(signatures.endRecord64);
  record.writeBigUInt64LE(BigInt(sizes.endRecord64 - 12), 4);
  record.writeUInt16LE(madeBy, 12);
  record.writeUInt16LE(versions.zip64, 14);
  [files, files, bytes, at].forEach((value, index) => record.writeBigUInt64LE(BigInt(value), 24 + 8 * index));
  const locator = Buffer.alloc(sizes.endLocator64);
  locator.writeUInt32LE(signatures.endLocator64);
  locator.writeBigUInt64LE(BigInt(at + bytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator, end]);
}
