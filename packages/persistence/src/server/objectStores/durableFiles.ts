/**
 * Writes new files that survive a power failure once they are reported as written. A file is written under a temporary name, flushed, and
 * linked to its final name, which fails if that exists: readers never see half a file, and only `replace` replaces one. Flushing a
 * folder costs as much as flushing a file, so many writers share one flush.
 */
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

/** Uses plain file descriptors, which cost a fraction of a FileHandle for many small files. */
const disk = {
  open: promisify(fs.open),
  write: promisify(fs.write),
  sync: promisify(fs.fsync),
  close: promisify(fs.close),
  link: promisify(fs.link),
  rename: promisify(fs.rename),
  unlink: promisify(fs.unlink),
};

async function writeFlushed(file: string, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
  const descriptor = await disk.open(file, "wx");
  try {
    for await (const part of parts)
      for (let offset = 0; offset < part.length; ) offset += (await disk.write(descriptor, part, offset)).bytesWritten;
    await disk.sync(descriptor);
  } finally {
    await disk.close(descriptor);
  }
}

/** Flushes folders. Calls during a flush share the next flush, which starts after them. */
class FolderFlushes {
  readonly #next = new Map<string, Promise<void>>();
  readonly #current = new Map<string, Promise<void>>();

  flush(folder: string): Promise<void> {
    const waiting = this.#next.get(folder);
    if (waiting !== undefined) return waiting;
    const flush = this.#after(this.#current.get(folder), folder);
    this.#next.set(folder, flush);
    return flush;
  }

  async #after(earlier: Promise<void> | undefined, folder: string): Promise<void> {
    // Its own caller has its error.
    await earlier?.catch(() => undefined);
    await Promise.resolve();
    const flush = this.#next.get(folder) as Promise<void>;
    this.#next.delete(folder);
    this.#current.set(folder, flush);
    try {
      const descriptor = await disk.open(folder, "r");
      try {
        await disk.sync(descriptor);
      } finally {
        await disk.close(descriptor);
      }
    } finally {
      if (this.#current.get(folder) === flush) this.#current.delete(folder);
    }
  }
}

export class DurableFiles {
  readonly #temporaryFolder: string;
  readonly #madeFolders = new Set<string>();
  readonly #flushes = new FolderFlushes();

  /** `temporaryFolder` must be on the same disk as the files, because a link cannot cross disks. */
  constructor(temporaryFolder: string) {
    this.#temporaryFolder = temporaryFolder;
  }

  /** Writes the parts one after the other; false if the file already exists. Creates missing folders. */
  async write(file: string, parts: readonly Uint8Array[]): Promise<boolean> {
    return (await this.receive(parts, async () => file)).isNew;
  }

  /** Writes the parts as they arrive, then calls `nameOf` for the name of the file. */
  async receive(
    parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    nameOf: () => Promise<string>,
  ): Promise<{ readonly file: string; readonly isNew: boolean }> {
    await this.#ensureFolder(this.#temporaryFolder);
    const temporary = path.join(this.#temporaryFolder, randomUUID());
    try {
      await writeFlushed(temporary, parts);
      const file = await nameOf();
      await this.#ensureFolder(path.dirname(file));
      const isNew = await disk.link(temporary, file).then(
        () => true,
        (cause: NodeJS.ErrnoException) => {
          if (cause.code === "EEXIST") return false;
          throw cause;
        },
      );
      if (isNew) await this.#flushes.flush(path.dirname(file));
      return { file, isNew };
    } finally {
      // If this fails, the clean-up of unfinished writes removes it.
      await disk.unlink(temporary).catch(() => undefined);
    }
  }

  /** Writes the parts in the place of an existing file, which readers find until then. Creates missing folders. */
  async replace(file: string, parts: readonly Uint8Array[]): Promise<void> {
    await this.#ensureFolder(this.#temporaryFolder);
    await this.#ensureFolder(path.dirname(file));
    const temporary = path.join(this.#temporaryFolder, randomUUID());
    await writeFlushed(temporary, parts);
    // If this fails, the clean-up of unfinished writes removes the temporary file.
    await disk.rename(temporary, file);
    await this.#flushes.flush(path.dirname(file));
  }

  async #ensureFolder(folder: string): Promise<void> {
    if (this.#madeFolders.has(folder)) return;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await this.#flushes.flush(path.dirname(folder));
    this.#madeFolders.add(folder);
  }
}
