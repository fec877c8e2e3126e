/**
 * The cache of data sets, models and photographs: a folder laid out as `data/SET/FILE`, `models/FILE` and so on. A missing file is
 * downloaded under a temporary name, resuming an earlier download where possible, and renamed when complete. The SHA-256 of the content
 * is checked on every read. Reading a file that is there writes nothing, so the folder may be read-only.
 */
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AppError } from "@pareidolia/core/appError";
import { download } from "./download.ts";
import { sha256 } from "./sha256.ts";

export interface CachedFile {
  /** Relative to the cache folder, with "/" as the separator. */
  readonly path: string;
  /** Mirrors, tried in order. */
  readonly urls: readonly string[];
  /** Whether the file is gzipped. Mirrors may compress differently, so the hash is that of the uncompressed content. */
  readonly compressed: boolean;
  /** SHA-256 of the content, in hexadecimal. */
  readonly sha256: string;
  /** Limit for both the download and the uncompressed content. */
  readonly maximumBytes: number;
}

export interface DownloadProgress {
  readonly path: string;
  readonly received: number;
  /** Null if the server does not send it. */
  readonly total: number | null;
}

export interface CacheOptions {
  readonly cacheFolder: string;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** A server that sends nothing for this long counts as failed. Default: 30. */
  readonly idleTimeoutSeconds?: number | undefined;
  /** Whether to download from this machine, such as a local mirror. Default: false. */
  readonly allowLoopback?: boolean | undefined;
}

const defaultIdleTimeoutSeconds = 30;

/**
 * Returns the verified content, uncompressed.
 * @throws AppError CORRUPT_DATA for a wrong hash, UNAVAILABLE if the file cannot be downloaded or written.
 */
export async function readCachedFile(file: CachedFile, options: CacheOptions): Promise<Uint8Array> {
  const location = join(options.cacheFolder, ...file.path.split("/"));
  const present = await findFile(location);
  if (present !== null) {
    const content = await verifiedContent(file, present);
    if (content !== null) return content;
    throw new AppError(
      "CORRUPT_DATA",
      `${location} is not the expected file (SHA-256 ${file.sha256}). Delete it, and it will be downloaded again.`,
    );
  }
  await makeFolder(dirname(location));
  return downloadFromAny(file, location, options);
}

async function findFile(location: string): Promise<Uint8Array | null> {
  try {
    return await readFile(location);
  } catch (cause) {
    if (errorCode(cause) === "ENOENT" || errorCode(cause) === "ENOTDIR") return null;
    throw new AppError("UNAVAILABLE", `${location} cannot be read (${errorCode(cause)}). Check its permissions.`, { cause });
  }
}

async function verifiedContent(file: CachedFile, bytes: Uint8Array): Promise<Uint8Array | null> {
  let content = bytes;
  if (file.compressed) {
    try {
      content = await promisify(gunzip)(bytes, { maxOutputLength: file.maximumBytes });
    } catch {
      return null;
    }
  }
  return sha256(content) === file.sha256 ? content : null;
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw cannotWrite(folder, cause);
  }
}

async function downloadFromAny(file: CachedFile, location: string, options: CacheOptions): Promise<Uint8Array> {
  const problems: string[] = [];
  let corrupt = false;
  for (const url of file.urls) {
    try {
      const content = await downloadFrom(url, file, location, options);
      if (content !== null) return content;
      corrupt = true;
      problems.push(`${url}: the SHA-256 of the content is not ${file.sha256}`);
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (isDiskProblem(error)) throw cannotWrite(dirname(location), error);
      problems.push(`${url}: ${error instanceof Error ? networkProblem(error) : String(error)}`);
    }
  }
  throw new AppError(
    corrupt ? "CORRUPT_DATA" : "UNAVAILABLE",
    `${file.path} could not be downloaded. ${problems.join("; ")}. Without a network, put the file at ${location}, or set PAREIDOLIA_CACHE to a folder that has it.`,
  );
}

/** Returns null if the content is wrong. A resumed download with the wrong content is downloaded once more from the start. */
async function downloadFrom(url: string, file: CachedFile, location: string, options: CacheOptions): Promise<Uint8Array | null> {
  const { part, resumed } = await download({
    url,
    location,
    maximumBytes: file.maximumBytes,
    idleTimeoutSeconds: options.idleTimeoutSeconds ?? defaultIdleTimeoutSeconds,
    allowLoopback: options.allowLoopback ?? false,
    onProgress: (received, total) => options.onProgress?.({ path: file.path, received, total }),
  });
  try {
    const content = await verifiedContent(file, await readFile(part));
    if (content !== null) {
      await rename(part, location);
      return content;
    }
  } finally {
    await rm(part, { force: true });
  }
  return resumed ? downloadFrom(url, file, location, options) : null;
}

/** Errors of guardedRequest have a message for people, errors of a socket only a code. */
function networkProblem(error: Error): string {
  const code = error.cause instanceof AppError ? null : errorCode(error.cause);
  return code === null ? error.message.replace(/\.$/, "") : `no connection (${code})`;
}

/** Whether the file system failed, not the network. */
function isDiskProblem(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}

function cannotWrite(folder: string, cause: unknown): AppError {
  const full = errorCode(cause) === "ENOSPC" || errorCode(cause) === "EDQUOT";
  if (full)
    return new AppError(
      "UNAVAILABLE",
      `The disk of ${folder} is full. Free some space, or set PAREIDOLIA_CACHE to a folder on another disk.`,
      {
        cause,
      },
    );
  return new AppError("UNAVAILABLE", `${folder} is not writable (${errorCode(cause)}). Set PAREIDOLIA_CACHE to a writable folder.`, {
    cause,
  });
}

function errorCode(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
