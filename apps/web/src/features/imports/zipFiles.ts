/** Packs the files of a folder as an uncompressed ZIP archive (PKWARE's APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16), without ZIP64. */

export interface PackedFile {
  /** Relative, with `/`. */
  readonly path: string;
  readonly file: Blob;
}

/** Of the archive, as uploads accept it. */
const mostBytes = 256 * 2 ** 20;
const maxFiles = 60_000;

const signatures = { file: 0x04034b50, directory: 0x02014b50, end: 0x06054b50 } as const;
/** 2.0, and names in UTF-8. */
const version = 20;
const utf8 = 0x0800;
/** 1 January 1980, the first day of the format: the same folder always gives the same archive. */
const day = 0x21;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (table[(value ^ byte) & 255] as number) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

interface Entry {
  readonly name: Uint8Array<ArrayBuffer>;
  readonly crc: number;
  readonly size: number;
  readonly at: number;
}

/** The fields that a file's header and its entry in the directory share. */
function describe(view: DataView, at: number, { name, crc, size }: Omit<Entry, "at">): void {
  view.setUint16(at, version, true);
  view.setUint16(at + 2, utf8, true);
  view.setUint16(at + 8, day, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, size, true);
  view.setUint32(at + 18, size, true);
  view.setUint16(at + 22, name.length, true);
}

function fileHeader(entry: Omit<Entry, "at">): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(30 + entry.name.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signatures.file, true);
  describe(view, 4, entry);
  bytes.set(entry.name, 30);
  return bytes;
}

function directoryHeader(entry: Entry): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(46 + entry.name.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signatures.directory, true);
  view.setUint16(4, version, true);
  describe(view, 6, entry);
  view.setUint32(42, entry.at, true);
  bytes.set(entry.name, 46);
  return bytes;
}

/** @throws Error with a message for the user if the folder is too large. */
export async function zipFiles(files: readonly PackedFile[]): Promise<Blob> {
  const size = files.reduce((sum, { file }) => sum + file.size, 0);
  if (files.length > maxFiles) throw new Error(`The folder has ${files.length} files; an import takes at most ${maxFiles}.`);
  if (size > mostBytes) throw new Error("The folder is larger than 256 MB. Import a part of it.");
  const parts: BlobPart[] = [];
  const entries: Entry[] = [];
  let at = 0;
  for (const { path, file } of files) {
    const entry = { name: new TextEncoder().encode(path), crc: crc32(new Uint8Array(await file.arrayBuffer())), size: file.size };
    const header = fileHeader(entry);
    parts.push(header, file);
    entries.push({ ...entry, at });
    at += header.length + file.size;
  }
  const directory = entries.map(directoryHeader);
  const bytes = directory.reduce((sum, { length }) => sum + length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, signatures.end, true);
  end.setUint16(8, entries.length, true);
  end.setUint16(10, entries.length, true);
  end.setUint32(12, bytes, true);
  end.setUint32(16, at, true);
  return new Blob([...parts, ...directory, end.buffer], { type: "application/zip" });
}
