/**
 * The temporary folder of one import, in the worker's cache folder: the uploaded file, which may be larger than memory, and the rows that
 * are read from it.
 */
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, open, rm, statfs } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { formatByteSize } from "@pareidolia/core/byteSize";
import type { ImportRecord } from "@pareidolia/persistence/files/imports/readImports";
import { removeAbandoned } from "@pareidolia/persistence/server/objectStores/abandonedFiles";
import { fileKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";

export interface ImportFolder {
  /** For temporary files. */
  readonly folder: string;
  /** The uploaded file. */
  readonly path: string;
  remove(): Promise<void>;
}

export interface ImportFolderOptions {
  readonly cacheFolder: string;
  readonly objectStore: Pick<ObjectStore, "openReadStream">;
  /** Bytes. */
  readonly largestImport: number;
}

const prefix = "import-";

/** @throws AppError INVALID_INPUT for a file that is too large; CORRUPT_DATA for damaged bytes; UNAVAILABLE if the store or the disk cannot be used. */
export async function openImportFolder(
  { sha256, byteLength }: Pick<ImportRecord, "sha256" | "byteLength">,
  options: ImportFolderOptions,
): Promise<ImportFolder> {
  const { cacheFolder, objectStore, largestImport } = options;
  if (byteLength > largestImport)
    throw new AppError(
      "INVALID_INPUT",
      `The file has ${formatByteSize(byteLength)}; this server imports at most ${formatByteSize(largestImport)}. Import experiments one by one, or ask the operator for a higher limit (PAREIDOLIA_IMPORT_GB).`,
    );
  const place = path.join(cacheFolder, "imports");
  await mkdir(place, { recursive: true });
  await removeAbandoned(place, prefix);
  await requireSpace(place, byteLength);
  const folder = await mkdtemp(path.join(place, prefix));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const file = path.join(folder, "file");
  try {
    await copyFile(objectStore, { sha256, file });
    return { folder, path: file, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function copyFile(
  objectStore: Pick<ObjectStore, "openReadStream">,
  { sha256, file }: { readonly sha256: string; readonly file: string },
): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  const hash = createHash("sha256");
  try {
    for await (const piece of (await objectStore.openReadStream(fileKey(sha256))) as AsyncIterable<Uint8Array>) {
      hash.update(piece);
      await handle.writeFile(piece).catch((cause: NodeJS.ErrnoException) => {
        throw cause.code === "ENOSPC" ? fullDisk(file, cause) : cause;
      });
    }
  } finally {
    await handle.close();
  }
  if (hash.digest("hex") !== sha256) throw new AppError("CORRUPT_DATA", "The uploaded file is damaged. Upload it again.");
}

function fullDisk(place: string, cause?: unknown): AppError {
  return new AppError(
    "UNAVAILABLE",
    `The disk of ${path.dirname(place)} has no room for the file of an import. Free some space, or set PAREIDOLIA_CACHE to a folder on another disk.`,
    { cause },
  );
}

/** For the file, and as much again for its rows. */
async function requireSpace(place: string, byteLength: number): Promise<void> {
  const { bavail, bsize } = await statfs(place);
  if (2 * byteLength > bavail * bsize) throw fullDisk(path.join(place, "file"));
}
