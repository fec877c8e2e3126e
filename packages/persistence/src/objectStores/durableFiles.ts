/**
 * New files that survive a loss of power once they are reported as written. A file is written under a temporary name,
 * flushed, and linked to its own name, which fails where a file is: so readers never see half a file and writers never
 * replace one. The flush of a folder's entries costs as much as a file's, and many writers share one.
 */
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

/** On plain file descriptors, which cost a fraction of a FileHandle where files are small and many. */
const disk = {
  open: promisify(fs.open),
  write: promisify(fs.write),
  sync: promisify(fs.fsync),
  close: promisify(fs.close),
  link: promisify(fs.link),
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

/** Flushes folders, one flush for all who ask while another is under way: theirs begins after they asked. */
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

  /** Files of less than a moment lie in `temporaryFolder`, on the disk of those that are to stay. */
  constructor(temporaryFolder: string) {
    this.#temporaryFolder = temporaryFolder;
  }

  /** Writes the parts end to end; false when there is a file already. Folders are made when they are absent. */
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
      await disk.unlink(temporary).catch(() => undefined);
    }
  }

  async #ensureFolder(folder: string): Promise<void> {
    if (this.#madeFolders.has(folder)) return;
    await mkdir(folder, { recursive: true });
    await this.#flushes.flush(path.dirname(folder));
    this.#madeFolders.add(folder);
  }
}
