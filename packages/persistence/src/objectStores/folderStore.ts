/**
 * Objects as files of one folder, for an installation without S3. A file is written under a temporary name, flushed,
 * and linked to its own name, which fails where a file is: so readers never see half an object and writers never replace one.
 * All of a kind lie in one folder: many puts at once then share the flush of its entries, which costs as much as a file's.
 */
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { access, mkdir, open, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { AppError } from "@pareidolia/core/appError";
import { missingObject, type ObjectStore, occupiedObject, requireObjectKey } from "./objectStore.ts";

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function unavailable(folder: string, cause: unknown): AppError {
  const code = codeOf(cause) ?? "unknown error";
  const fullDisk = `The disk of the object folder ${folder} is full. Free some space; what was stored is whole.`;
  const closed = `The object folder ${folder} may not be written by this user. Make it yours (chown).`;
  const sentences: Readonly<Record<string, string>> = { ENOSPC: fullDisk, EDQUOT: fullDisk, EACCES: closed, EPERM: closed };
  return new AppError("UNAVAILABLE", sentences[code] ?? `The object folder ${folder} cannot be used (${code}).`, { cause });
}

/** On plain file descriptors, which cost a fraction of a FileHandle where files are small and many. */
const disk = {
  open: promisify(fs.open),
  write: promisify(fs.write),
  sync: promisify(fs.fsync),
  close: promisify(fs.close),
  link: promisify(fs.link),
  unlink: promisify(fs.unlink),
};

async function writeFlushed(file: string, bytes: Uint8Array): Promise<void> {
  const descriptor = await disk.open(file, "wx");
  try {
    for (let offset = 0; offset < bytes.length; ) offset += (await disk.write(descriptor, bytes, offset)).bytesWritten;
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

export interface FolderStoreOptions {
  /** Made when it is absent. */
  readonly folder: string;
}

export function openFolderStore({ folder }: FolderStoreOptions): ObjectStore {
  const temporaryFolder = path.join(folder, "incoming");
  const madeFolders = new Set<string>();
  const flushes = new FolderFlushes();

  const ensureFolder = async (name: string): Promise<void> => {
    if (madeFolders.has(name)) return;
    await mkdir(name, { recursive: true });
    await flushes.flush(path.dirname(name));
    madeFolders.add(name);
  };
  const pathOf = (key: string): string => {
    requireObjectKey(key);
    return path.join(folder, key);
  };
  const read = async (key: string): Promise<Uint8Array | null> => {
    const file = pathOf(key);
    try {
      return new Uint8Array(await readFile(file));
    } catch (cause) {
      if (codeOf(cause) === "ENOENT") return null;
      throw unavailable(folder, cause);
    }
  };
  const write = async (file: string, bytes: Uint8Array): Promise<boolean> => {
    await ensureFolder(temporaryFolder);
    await ensureFolder(path.dirname(file));
    const temporary = path.join(temporaryFolder, randomUUID());
    try {
      await writeFlushed(temporary, bytes);
      await disk.link(temporary, file);
    } catch (cause) {
      if (codeOf(cause) === "EEXIST") return false;
      throw cause;
    } finally {
      await disk.unlink(temporary).catch(() => undefined);
    }
    await flushes.flush(path.dirname(file));
    return true;
  };

  return {
    async put(key, bytes) {
      const file = pathOf(key);
      let written: boolean;
      try {
        written = await write(file, bytes);
      } catch (cause) {
        throw unavailable(folder, cause);
      }
      if (written) return;
      const stored = await read(key);
      if (stored === null || Buffer.compare(stored, bytes) !== 0) throw occupiedObject(key);
    },
    async get(key) {
      const bytes = await read(key);
      if (bytes === null) throw missingObject(key);
      return bytes;
    },
    find: read,
    async has(key) {
      try {
        await access(pathOf(key));
        return true;
      } catch (cause) {
        if (cause instanceof AppError) throw cause;
        if (codeOf(cause) === "ENOENT") return false;
        throw unavailable(folder, cause);
      }
    },
    async openReadStream(key) {
      const file = pathOf(key);
      try {
        return (await open(file, "r")).createReadStream();
      } catch (cause) {
        throw codeOf(cause) === "ENOENT" ? missingObject(key) : unavailable(folder, cause);
      }
    },
  };
}
