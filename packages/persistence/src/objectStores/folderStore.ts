/**
 * Objects in a folder, for an installation without S3. One that is put alone is a file of its own; many that are put
 * together share a pack. Nothing is replaced, and what is reported as stored survives a loss of power.
 */
import { access, open, readFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { AppError } from "@pareidolia/core/appError";
import { DurableFiles } from "./durableFiles.ts";
import { missingObject, type ObjectStore, occupiedObject, requireContentKey, requireObjectKey } from "./objectStore.ts";
import { type PackedObject, Packs } from "./packs.ts";

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

async function readPacked({ file, start, length }: PackedObject): Promise<Uint8Array> {
  const handle = await open(file, "r");
  try {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await handle.read(bytes, done, length - done, start + done);
      if (bytesRead === 0) throw new AppError("CORRUPT_DATA", `The pack ${file} is cut off. Bring it back from a copy.`);
      done += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}

/** Nothing, where `read` finds no file. */
async function unlessMissing<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") return null;
    throw cause;
  }
}

export interface FolderStoreOptions {
  /** Made when it is absent. */
  readonly folder: string;
}

export function openFolderStore({ folder }: FolderStoreOptions): ObjectStore {
  const files = new DurableFiles(path.join(folder, "incoming"));
  const packs = new Packs(path.join(folder, "packs"), files);

  const guarded = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (cause) {
      throw cause instanceof AppError ? cause : unavailable(folder, cause);
    }
  };
  const pathOf = (key: string): string => {
    requireObjectKey(key);
    return path.join(folder, key);
  };
  /** A pack that is known first, then a file of the object's own, then packs that others have added. */
  const locate = async <T>(key: string, inFile: (file: string) => Promise<T>, inPack: (packed: PackedObject) => Promise<T>) => {
    const file = pathOf(key);
    const known = packs.known(key);
    if (known !== undefined) return inPack(known);
    const own = await unlessMissing(inFile(file));
    if (own !== null) return own;
    const packed = await packs.find(key);
    return packed === undefined ? null : inPack(packed);
  };
  const read = (key: string): Promise<Uint8Array | null> =>
    guarded(() => locate(key, async (file) => new Uint8Array(await readFile(file)), readPacked));

  return {
    async put(key, bytes) {
      const file = pathOf(key);
      const written = await guarded(async () => (await packs.find(key)) === undefined && (await files.write(file, [bytes])));
      if (written) return;
      const stored = await read(key);
      if (stored === null || Buffer.compare(stored, bytes) !== 0) throw occupiedObject(key);
    },
    async putMany(objects) {
      for (const { key, bytes } of objects) requireContentKey(key, bytes);
      const fresh = new Map(objects.filter(({ key }) => packs.known(key) === undefined).map((object) => [object.key, object]));
      if (fresh.size > 0) await guarded(() => packs.add([...fresh.values()]));
    },
    async get(key) {
      const bytes = await read(key);
      if (bytes === null) throw missingObject(key);
      return bytes;
    },
    find: read,
    async has(key) {
      const found = await guarded(() =>
        locate(
          key,
          (file) => access(file).then(() => true),
          async () => true,
        ),
      );
      return found ?? false;
    },
    async openReadStream(key) {
      const stream = await guarded(() =>
        locate<Readable>(
          key,
          async (file) => (await open(file, "r")).createReadStream(),
          async ({ file, start, length }) =>
            length === 0 ? Readable.from([]) : (await open(file, "r")).createReadStream({ start, end: start + length - 1 }),
        ),
      );
      if (stream === null) throw missingObject(key);
      return stream;
    },
  };
}
