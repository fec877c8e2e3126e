/** The files of an archive that is read: in a folder or in a ZIP archive. Nothing is unpacked to disk. */
import { AppError } from "@pareidolia/core/appError";

export interface ArchiveFile {
  /** A relative path with `/`. */
  readonly name: string;
  readonly bytes: number;
  /**
   * The content in pieces of at most 17 MiB.
   * @throws AppError CORRUPT_DATA if it does not have `bytes` bytes, or cannot be unpacked.
   */
  read(): AsyncIterable<Uint8Array>;
}

export interface ArchiveFiles {
  /** By name. */
  readonly files: ReadonlyMap<string, ArchiveFile>;
  close(): Promise<void>;
}

export interface ArchiveLimits {
  /** Number of files. */
  readonly files: number;
  /** Bytes of all files, unpacked. */
  readonly bytes: number;
  /** Refuses a name by an AppError. Default: the names of a release. */
  readonly checkName?: (name: string) => void;
}

/** Enough for 100,000 images with genomes. */
export const archiveLimits: ArchiveLimits = { files: 250_000, bytes: 256 * 2 ** 30 };

export function unreadable(what: string, cause?: unknown): AppError {
  return new AppError("CORRUPT_DATA", `This archive cannot be read: ${what}.`, { cause });
}

const plainName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}(\/[A-Za-z0-9][A-Za-z0-9._-]{0,99})?$/;

/** @throws AppError CORRUPT_DATA unless the name is a plain file, or a file in a folder of the archive. */
export function checkName(name: string): void {
  // JSON shows control characters that a terminal would act on.
  if (!plainName.test(name)) throw unreadable(`${JSON.stringify(name.slice(0, 200))} is not a valid name of a file in an archive`);
}

/** The whole content of a file. @throws AppError CORRUPT_DATA if it is larger than `most` bytes. */
export async function readWhole(file: ArchiveFile, most: number): Promise<Uint8Array> {
  if (file.bytes > most) throw unreadable(`"${file.name}" has ${file.bytes} bytes; the limit is ${most}`);
  const content = new Uint8Array(file.bytes);
  let at = 0;
  for await (const piece of file.read()) {
    if (at + piece.length > content.length) throw unreadable(`"${file.name}" is larger than declared`);
    content.set(piece, at);
    at += piece.length;
  }
  return content;
}

/** A whole file of UTF-8. @throws AppError CORRUPT_DATA for other bytes. */
export async function readText(file: ArchiveFile, most: number): Promise<string> {
  const content = await readWhole(file, most);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch (cause) {
    throw unreadable(`"${file.name}" is not UTF-8`, cause);
  }
}
