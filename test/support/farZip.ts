/** A ZIP archive as a sparse file with gigabytes between its first file and the others, so that offsets need ZIP64 and nothing fits in memory. */
import { open } from "node:fs/promises";
import { sizes } from "@pareidolia/archive/zip/zipFormat";

interface Entry {
  readonly header: Buffer;
  readonly name: Buffer;
  readonly at: number;
}

export interface FarZipChange {
  /** Changes the fixed part of a file's entry in the directory, its name and its offset. */
  readonly change?: (entry: Entry, index: number) => Partial<Entry>;
}

function entriesOf(archive: Buffer): readonly Entry[] {
  const end = archive.length - sizes.endRecord;
  let at = archive.readUInt32LE(end + 16);
  return Array.from({ length: archive.readUInt16LE(end + 10) }, () => {
    const header = Buffer.from(archive.subarray(at, at + sizes.directoryHeader));
    const nameBytes = header.readUInt16LE(28);
    const name = Buffer.from(archive.subarray(at + sizes.directoryHeader, at + sizes.directoryHeader + nameBytes));
    at += sizes.directoryHeader + nameBytes + header.readUInt16LE(30) + header.readUInt16LE(32);
    return { header, name, at: header.readUInt32LE(42) };
  });
}

/** The entry with its offset in an extra field of ZIP64. */
function write({ header, name, at }: Entry): Buffer {
  const extra = Buffer.alloc(12);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8, 2);
  extra.writeBigUInt64LE(BigInt(at), 4);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt16LE(0, 32);
  header.writeUInt32LE(0xffffffff, 42);
  return Buffer.concat([header, name, extra]);
}

/** Bytes of the file, which takes little room on disk. */
export async function writeFarZip(
  file: string,
  archive: Uint8Array,
  { gap, change = () => ({}) }: FarZipChange & { readonly gap: number },
): Promise<number> {
  const bytes = Buffer.from(archive);
  const entries = entriesOf(bytes);
  const second = Math.min(...entries.map(({ at }) => at).filter((at) => at > 0));
  const directoryAt = bytes.readUInt32LE(bytes.length - sizes.endRecord + 16);
  const moved = entries.map((entry) => ({ ...entry, at: entry.at === 0 ? 0 : entry.at + gap }));
  const directory = Buffer.concat(moved.map((entry, index) => write({ ...entry, ...change(entry, index) })));
  const end64 = Buffer.alloc(sizes.endRecord64);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeBigUInt64LE(BigInt(entries.length), 24);
  end64.writeBigUInt64LE(BigInt(entries.length), 32);
  end64.writeBigUInt64LE(BigInt(directory.length), 40);
  end64.writeBigUInt64LE(BigInt(directoryAt + gap), 48);
  const locator = Buffer.alloc(sizes.endLocator64);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(directoryAt + gap + directory.length), 8);
  locator.writeUInt32LE(1, 16);
  const end = Buffer.alloc(sizes.endRecord);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(0xffff, 8);
  end.writeUInt16LE(0xffff, 10);
  end.writeUInt32LE(0xffffffff, 12);
  end.writeUInt32LE(0xffffffff, 16);
  const tail = Buffer.concat([bytes.subarray(second, directoryAt), directory, end64, locator, end]);
  const handle = await open(file, "w");
  try {
    await handle.write(bytes, 0, second, 0);
    await handle.write(tail, 0, tail.length, second + gap);
  } finally {
    await handle.close();
  }
  return second + gap + tail.length;
}
