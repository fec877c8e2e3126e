/**
 * Writes an uncompressed ZIP archive (APPNOTE.TXT 6.3, method "stored"). Equal files give equal bytes, since no timestamps are written:
 * several uploads become one object with one hash, which identifies a model's graph and weights together.
 */
import { crc32 } from "node:zlib";

export interface ZipPart {
  readonly name: string;
  readonly content: Uint8Array;
}

const version = 20;
/** Names are UTF-8. */
const flags = 0x0800;
const firstDay = (1 << 5) | 1; // 1980-01-01, the format's earliest date.

export function storedZip(parts: readonly ZipPart[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, content } of parts) {
    const path = Buffer.from(name);
    const common = describe(path, content);
    pieces.push(Buffer.from("PK\u0003\u0004", "latin1"), common, path, content);
    const rest = Buffer.alloc(14); // Comment, disk and attributes are empty.
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.from("PK\u0001\u0002", "latin1"), Uint8Array.of(version, 0), common, rest, path);
    at += 4 + common.length + path.length + content.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...pieces, listed, end]);
}

/** Fields shared by a file's header and its entry in the central directory. */
function describe(path: Uint8Array, content: Uint8Array): Buffer {
  const common = Buffer.alloc(26);
  common.writeUInt16LE(version, 0);
  common.writeUInt16LE(flags, 2);
  common.writeUInt16LE(firstDay, 8);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(content.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(path.length, 22);
  return common;
}
