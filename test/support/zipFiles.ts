/** Small ZIP archives, valid or with errors in their directory. */
import { constants, crc32, deflateRawSync } from "node:zlib";

export interface ZipPart {
  readonly name: string;
  readonly content: Uint8Array;
  readonly stored?: boolean;
  /** Default: `content` deflated. */
  readonly packed?: Uint8Array;
  /** False values in the directory. */
  readonly declared?: {
    readonly bytes?: number;
    readonly checksum?: number;
    readonly flags?: number;
    readonly method?: number;
    readonly at?: number;
  };
}

export function zipOf(parts: readonly ZipPart[]): Uint8Array {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, stored = false, packed = stored ? content : deflateRawSync(content), declared = {} } of parts) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(declared.flags ?? 0, 2);
    common.writeUInt16LE(declared.method ?? (stored ? 0 : 8), 4);
    common.writeUInt32LE(declared.checksum ?? crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(declared.bytes ?? content.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    pieces.push(Buffer.from("PK\u0003\u0004", "latin1"), common, Buffer.from(name), Buffer.from(packed));
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(declared.at ?? at, 10);
    directory.push(Buffer.from("PK\u0001\u0002\u0014\u0000", "latin1"), common, tail, Buffer.from(name));
    at += 30 + Buffer.byteLength(name) + packed.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...pieces, entries, end]));
}

const mebibyte = 2 ** 20;

/** `count` MiB of zeros, deflated once and repeated. */
export function packedZeros(count: number): Uint8Array {
  const block = deflateRawSync(new Uint8Array(mebibyte), { finishFlush: constants.Z_FULL_FLUSH });
  const end = deflateRawSync(new Uint8Array());
  return Buffer.concat([...Array<Buffer>(count).fill(block), end]);
}
