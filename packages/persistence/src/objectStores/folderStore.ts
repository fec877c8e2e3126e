/**
 * Objects as files of one folder, for an installation without S3. A file is written under a temporary name, flushed,
 * and linked to its own name, which fails where a file is: so readers never see half an object and writers never replace one.
 * Objects are spread over folders by the first two digits of their hash.
 */
import { randomUUID } from "node:crypto";
import { access, link, mkdir, open, readFile, unlink } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { missingObject, type ObjectStore, occupiedObject, requireObjectKey } from "./objectStore.ts";

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function unavailable(folder: string, cause: unknown): AppError {
  return new AppError("UNAVAILABLE", `The object folder ${folder} cannot be used (${codeOf(cause) ?? "unknown error"}).`, { cause });
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export interface FolderStoreOptions {
  /** Made when it is absent. */
  readonly folder: string;
}

export function openFolderStore({ folder }: FolderStoreOptions): ObjectStore {
  const temporaryFolder = path.join(folder, "incoming");
  const madeFolders = new Set<string>();

  const ensureFolder = async (name: string): Promise<void> => {
    if (madeFolders.has(name)) return;
    await mkdir(name, { recursive: true });
    await syncFolder(path.dirname(name));
    madeFolders.add(name);
  };
  const pathOf = (key: string): string => {
    requireObjectKey(key);
    const [kind, name] = key.split("/") as [string, string];
    return path.join(folder, kind, name.slice(0, 2), name);
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
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    try {
      await link(temporary, file);
      await syncFolder(path.dirname(file));
      return true;
    } catch (cause) {
      if (codeOf(cause) === "EEXIST") return false;
      throw cause;
    } finally {
      await unlink(temporary);
    }
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
