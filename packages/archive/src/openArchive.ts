/** Opens an archive on disk: a folder, or a ZIP archive. Links are never followed. */
import { constants } from "node:fs";
import { type FileHandle, lstat, open, readdir } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { type ArchiveFile, type ArchiveFiles, type ArchiveLimits, archiveLimits, checkName, unreadable } from "./archiveFiles.ts";
import { type ByteSource, readZip } from "./zip/readZip.ts";

const pieceBytes = 256 * 1024;

/** @throws AppError NOT_FOUND without such a file; CORRUPT_DATA naming what is wrong with it. */
export async function openArchive(place: string, limits: ArchiveLimits = archiveLimits): Promise<ArchiveFiles> {
  const found = await lstat(place).catch((cause: unknown) => {
    throw new AppError("NOT_FOUND", `There is no file or folder "${place}".`, { cause });
  });
  if (found.isDirectory()) return { files: await readFolder(place, limits), close: () => Promise.resolve() };
  if (!found.isFile()) throw unreadable("it is neither a folder nor a file");
  const handle = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return { files: await readZip(await sourceOf(handle), limits), close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function sourceOf(handle: FileHandle): Promise<ByteSource> {
  const { size } = await handle.stat();
  return {
    size,
    async read(at, bytes) {
      if (at < 0 || at + bytes > size) throw unreadable("it is cut off");
      const buffer = Buffer.allocUnsafe(bytes);
      for (let done = 0; done < bytes; ) {
        const { bytesRead } = await handle.read(buffer, done, bytes - done, at + done);
        if (bytesRead === 0) throw unreadable("it is cut off");
        done += bytesRead;
      }
      return buffer;
    },
  };
}

async function readFolder(root: string, limits: ArchiveLimits): Promise<ReadonlyMap<string, ArchiveFile>> {
  const files = new Map<string, ArchiveFile>();
  let total = 0;
  const visit = async (folder: string): Promise<void> => {
    for (const entry of await readdir(path.join(root, folder), { withFileTypes: true })) {
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      checkName(name);
      if (entry.isDirectory() && folder === "") {
        await visit(name);
        continue;
      }
      if (!entry.isFile()) throw unreadable(`"${name}" is a link, a folder in a folder, or not a plain file`);
      const file = path.join(root, name);
      const { size } = await lstat(file);
      total += size;
      files.set(name, { name, bytes: size, read: () => readFile(file, name, size) });
      if (files.size > limits.files) throw unreadable(`it contains more than ${limits.files} files`);
      if (total > limits.bytes) throw unreadable(`it has more than ${limits.bytes} bytes`);
    }
  };
  await visit("");
  return files;
}

async function* readFile(file: string, name: string, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    let read = 0;
    for (;;) {
      const buffer = Buffer.allocUnsafe(pieceBytes);
      const { bytesRead } = await handle.read(buffer, 0, pieceBytes);
      if (bytesRead === 0) break;
      read += bytesRead;
      if (read > size) break;
      yield buffer.subarray(0, bytesRead);
    }
    if (read !== size) throw unreadable(`"${name}" changed while it was read`);
  } finally {
    await handle.close();
  }
}
