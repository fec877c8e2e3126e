/**
 * Stores objects in a folder, for an installation without S3. A single object is a file; objects that are put together share a pack. Only
 * damaged bytes are ever replaced, and an object reported as stored survives a power failure.
 */
import { createHash, randomUUID } from "node:crypto";
import { access, mkdir, open, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { AppError } from "@pareidolia/core/appError";
import { DurableFiles } from "./durableFiles.ts";
import { openFolderUploads } from "./folderUploads.ts";
import {
  type DamagedFile,
  damagedObject,
  fileKey,
  hasContentOf,
  isObjectKey,
  maxChecked,
  missingObject,
  type ObjectStore,
  requireContentKey,
  requireObjectKey,
  type StoredObject,
  tooLong,
  trustedMilliseconds,
} from "./objectStore.ts";
import { type PackedObject, readPacked } from "./packFile.ts";
import { Packs } from "./packs.ts";
import { storeOutage } from "./storeOutage.ts";

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function unavailable(folder: string, cause: unknown): AppError {
  const code = codeOf(cause) ?? "unknown error";
  const fullDisk = `The disk of the object folder ${folder} is full. Free some space; the stored objects are intact.`;
  const closed = `This user may not write to the object folder ${folder}. Change its owner (chown).`;
  const sentences: Readonly<Record<string, string>> = { ENOSPC: fullDisk, EDQUOT: fullDisk, EACCES: closed, EPERM: closed };
  return storeOutage(sentences[code] ?? `The object folder ${folder} cannot be used (${code}).`, cause);
}

/** Null if `read` finds no file. */
async function unlessMissing<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") return null;
    throw cause;
  }
}

/** A file may be larger than memory. */
async function hashOfStream(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of stream) hash.update(piece);
  return hash.digest("hex");
}

/** Runs `write`; an error of the file system, and not of the sender of a body, becomes an AppError. */
async function explainingDisk<T>(folder: string, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (cause) {
    const { syscall, path: file } = cause as NodeJS.ErrnoException;
    throw syscall !== undefined && file !== undefined ? unavailable(folder, cause) : cause;
  }
}

export interface FolderStoreOptions {
  /** Created if it does not exist. */
  readonly folder: string;
}

const markerName = "store-marker";
const headsName = "audit-heads";

export function openFolderStore({ folder }: FolderStoreOptions): ObjectStore {
  const incoming = path.join(folder, "incoming");
  const files = new DurableFiles(incoming);
  const packs = new Packs(path.join(folder, "packs"), files);
  /** Keys of single files whose bytes do not match the hash. */
  const damagedKeys = new Set<string>();

  const guarded = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (cause) {
      throw cause instanceof AppError ? cause : unavailable(folder, cause);
    }
  };
  const readText = (name: string): Promise<string | null> => guarded(() => unlessMissing(readFile(path.join(folder, name), "utf8")));
  const pathOf = (key: string): string => {
    requireObjectKey(key);
    return path.join(folder, key);
  };
  const readPack = async (key: string, found: PackedObject | undefined): Promise<Uint8Array | null> => {
    for (let packed = found; packed !== undefined; ) {
      const bytes = await unlessMissing(readPacked(key, packed));
      if (bytes !== null) return bytes;
      packed = await packs.findElsewhere(key, packed);
    }
    return null;
  };
  const readOwn = async (key: string): Promise<Uint8Array | null> => {
    const bytes = await unlessMissing(readFile(pathOf(key)));
    if (bytes === null) return null;
    if (hasContentOf(key, bytes)) {
      damagedKeys.delete(key);
      return new Uint8Array(bytes);
    }
    damagedKeys.add(key);
    return null;
  };
  /** Reads from a known pack, else from the object's own file, else from packs that other processes have added. */
  const readAny = async (key: string): Promise<Uint8Array | null> =>
    (await readPack(key, packs.known(key))) ?? (await readOwn(key)) ?? (await readPack(key, await packs.find(key)));
  /** @throws AppError NOT_FOUND for an object that was stored and is damaged. */
  const read = async (key: string): Promise<Uint8Array | null> => {
    requireObjectKey(key);
    return guarded(async () => {
      const bytes = await readAny(key);
      if (bytes === null && (damagedKeys.has(key) || packs.hasLost(key))) throw damagedObject();
      return bytes;
    });
  };
  const renew = (file: string): Promise<void> => utimes(file, new Date(), new Date());
  const listFolder = async function* (kind: string): AsyncIterable<StoredObject> {
    for (const name of (await unlessMissing(readdir(path.join(folder, kind)))) ?? []) {
      const key = `${kind}/${name}`;
      const found = isObjectKey(key) ? await unlessMissing(stat(path.join(folder, key))) : null;
      if (found !== null) yield { key, byteLength: found.size, storedAt: found.mtime };
    }
  };
  /** Moves a damaged file to the folder `damaged`, where it is kept. */
  const setAside = async (file: string): Promise<string> => {
    const aside = path.join(folder, "damaged", `${path.basename(file)}-${randomUUID()}`);
    await mkdir(path.dirname(aside), { recursive: true });
    await unlessMissing(rename(path.join(folder, file), aside));
    damagedKeys.delete(file);
    return aside;
  };
  const findDamage = async (): Promise<readonly DamagedFile[]> => {
    for (const key of damagedKeys) if ((await unlessMissing(access(pathOf(key)))) === null) damagedKeys.delete(key);
    const own = [...damagedKeys].map((key) => ({ file: key, problem: "Its bytes have changed since they were stored.", lost: [key] }));
    return [...(await packs.findDamage()), ...own];
  };

  const receiveFile: ObjectStore["receiveFile"] = async (body, { longest }) => {
    const hash = createHash("sha256");
    let byteLength = 0;
    const measured = async function* () {
      for await (const chunk of body) {
        byteLength += chunk.length;
        if (byteLength > longest) throw tooLong(longest);
        hash.update(chunk);
        yield chunk;
      }
    };
    let sha256 = "";
    const nameOf = async () => {
      sha256 = hash.digest("hex");
      const key = fileKey(sha256);
      const own = await unlessMissing(open(pathOf(key), "r"));
      if (own !== null && (await hashOfStream(own.createReadStream())) !== sha256) await setAside(key);
      return pathOf(key);
    };
    const { file, isNew } = await explainingDisk(folder, files.receive(measured(), nameOf));
    if (!isNew) await guarded(() => renew(file));
    return { sha256, byteLength };
  };

  return {
    place: `the folder ${folder}`,
    posted: openFolderUploads({
      folder,
      incoming,
      files,
      guarded,
      explainingDisk: (write) => explainingDisk(folder, write),
      unlessMissing,
      receiveFile,
    }),
    async put(key, bytes) {
      requireContentKey(key, bytes);
      await guarded(async () => {
        const packed = await packs.find(key);
        const isTrusted = packs.isStoredSince(key, Date.now() - trustedMilliseconds);
        if (packed !== undefined && isTrusted && (await readPack(key, packed)) !== null) return;
        if (await files.write(pathOf(key), [bytes])) return;
        if ((await readOwn(key)) !== null) return renew(pathOf(key));
        await setAside(key);
        await files.write(pathOf(key), [bytes]);
      });
    },
    async putMany(objects) {
      for (const { key, bytes } of objects) requireContentKey(key, bytes);
      const missing = () => {
        const since = Date.now() - trustedMilliseconds;
        return new Map(objects.filter(({ key }) => !packs.isStoredSince(key, since)).map((object) => [object.key, object]));
      };
      if (missing().size === 0) return;
      await guarded(async () => {
        // An earlier process may have packed the same images.
        await packs.refresh();
        const fresh = [...missing().values()];
        if (fresh.length > 0) await packs.add(fresh);
      });
    },
    async get(key) {
      const bytes = await read(key);
      if (bytes === null) throw missingObject(key);
      return bytes;
    },
    find: read,
    async has(key) {
      const file = pathOf(key);
      if (packs.known(key) !== undefined) return true;
      if (damagedKeys.has(key)) return (await guarded(() => readAny(key))) !== null;
      return guarded(async () => (await unlessMissing(access(file).then(() => true))) ?? (await packs.find(key)) !== undefined);
    },
    async openReadStream(key) {
      const file = pathOf(key);
      const own = packs.known(key) === undefined ? await guarded(() => unlessMissing(stat(file))) : null;
      if (own !== null && own.size > maxChecked) return guarded(async () => (await open(file, "r")).createReadStream());
      const bytes = await read(key);
      if (bytes === null) throw missingObject(key);
      return Readable.from(bytes.length === 0 ? [] : [bytes]);
    },
    receiveFile,
    async *list() {
      yield* packs.list();
      for (const kind of ["images", "genomes", "files"]) yield* listFolder(kind);
    },
    async deleteObjects(keys, { storedBefore }) {
      return guarded(async () => {
        const removed = await packs.remove(new Set(keys), storedBefore);
        for (const key of keys) {
          const own = await unlessMissing(stat(pathOf(key)));
          if (own === null || own.mtime >= storedBefore) continue;
          await rm(pathOf(key), { force: true });
          removed.push(own.size);
        }
        return { count: removed.length, byteLength: removed.reduce((sum, size) => sum + size, 0) };
      });
    },
    clearLeftovers({ writtenBefore, dryRun }) {
      return guarded(async () => {
        let count = 0;
        let byteLength = 0;
        for (const name of (await unlessMissing(readdir(incoming))) ?? []) {
          const file = path.join(incoming, name);
          const found = await unlessMissing(stat(file));
          if (found === null || found.mtime >= writtenBefore) continue;
          count++;
          byteLength += found.size;
          if (!dryRun) await rm(file, { force: true });
        }
        return { count, byteLength };
      });
    },
    async probe() {
      await guarded(async () => {
        const file = path.join(incoming, randomUUID());
        try {
          await files.write(file, [Buffer.alloc(512)]);
          await readFile(file);
        } finally {
          await rm(file, { force: true });
        }
        await readdir(folder);
      });
    },
    readMarker: () => readText(markerName),
    async writeMarker(marker, { replace }) {
      const file = path.join(folder, markerName);
      const parts = [Buffer.from(marker)];
      await guarded<unknown>(() => (replace ? files.replace(file, parts) : files.write(file, parts)));
    },
    readAuditHeads: () => readText(headsName),
    replaceAuditHeads: (text) => guarded(() => files.replace(path.join(folder, headsName), [Buffer.from(text)])),
    findDamage: () => guarded(findDamage),
    setDamageAside: () =>
      guarded(async () => {
        const moved: string[] = [];
        for (const { file } of await findDamage()) {
          await packs.copyIntact(file);
          moved.push(await setAside(file));
        }
        return moved;
      }),
  };
}
