/**
 * The one door through which data sets and models come in: a folder laid out as `data/SET/FILE` and `models/FILE`.
 * A file that is there is used and the folder is not written to; an absent one is downloaded to a temporary name and renamed
 * when complete. Either way its content is checked by SHA-256 before anybody sees it.
 */
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AppError } from "@pareidolia/core/appError";
import { sha256 } from "./sha256.ts";

export interface CachedFile {
  /** Inside the cache folder, with "/" between its parts. */
  readonly path: string;
  /** Where to download it from, tried in order. */
  readonly urls: readonly string[];
  /** A gzip wrapper may differ from mirror to mirror: the hash is then that of the content. */
  readonly compressed: boolean;
  /** SHA-256 of the content. */
  readonly sha256: string;
  /** Neither the download nor the content may be larger. */
  readonly maximumBytes: number;
}

export interface DownloadProgress {
  readonly path: string;
  readonly received: number;
  /** Null when the server does not say. */
  readonly total: number | null;
}

export interface CacheOptions {
  readonly cacheFolder: string;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

/**
 * Returns the verified content, uncompressed.
 * @throws AppError CORRUPT_DATA for a wrong hash, UNAVAILABLE without a network or a place to write.
 */
export async function readCachedFile(file: CachedFile, options: CacheOptions): Promise<Uint8Array> {
  const location = join(options.cacheFolder, ...file.path.split("/"));
  const present = await findFile(location);
  if (present !== null) {
    const content = await verifiedContent(file, present);
    if (content !== null) return content;
    throw new AppError(
      "CORRUPT_DATA",
      `${location} is not the file it should be (expected SHA-256 ${file.sha256}). Delete it, and it is downloaded again.`,
    );
  }
  await makeFolder(dirname(location));
  const { bytes, content } = await downloadFromAny(file, options);
  await writeWhole(location, bytes);
  return content;
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

async function writeWhole(location: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${location}.${randomUUID()}.part`;
  try {
    await writeFile(temporary, bytes, { flag: "wx" });
    await rename(temporary, location);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw cannotWrite(dirname(location), cause);
  }
}

async function downloadFromAny(file: CachedFile, options: CacheOptions): Promise<{ bytes: Uint8Array; content: Uint8Array }> {
  const problems: string[] = [];
  let corrupt = false;
  for (const url of file.urls) {
    try {
      const bytes = await download(url, file, options);
      const content = await verifiedContent(file, bytes);
      if (content !== null) return { bytes, content };
      corrupt = true;
      problems.push(`${url}: the content has another SHA-256 than ${file.sha256}`);
    } catch (error) {
      problems.push(`${url}: ${error instanceof Error ? networkProblem(error) : String(error)}`);
    }
  }
  const where = join(options.cacheFolder, ...file.path.split("/"));
  throw new AppError(
    corrupt ? "CORRUPT_DATA" : "UNAVAILABLE",
    `${file.path} could not be downloaded. ${problems.join("; ")}. Without a network, put the file at ${where}, or set PAREIDOLIA_CACHE to a folder that has it.`,
  );
}

async function download(url: string, file: CachedFile, options: CacheOptions): Promise<Uint8Array> {
  const response = await fetch(url, { redirect: "follow" });
  if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`);
  const declared = Number(response.headers.get("content-length"));
  const total = Number.isSafeInteger(declared) && declared > 0 ? declared : null;
  const chunks: Uint8Array[] = [];
  let received = 0;
  for await (const chunk of response.body) {
    received += chunk.length;
    if (received > file.maximumBytes) throw new Error(`it is larger than ${file.maximumBytes} bytes`);
    chunks.push(chunk);
    options.onProgress?.({ path: file.path, received, total });
  }
  if (total !== null && received < total && !response.headers.has("content-encoding")) throw new Error("the connection ended early");
  return Buffer.concat(chunks);
}

/** `fetch` hides what went wrong in its cause. */
function networkProblem(error: Error): string {
  const code = errorCode(error.cause);
  return code === null ? error.message : `no connection (${code})`;
}

function cannotWrite(folder: string, cause: unknown): AppError {
  return new AppError(
    "UNAVAILABLE",
    `Nothing can be written to ${folder} (${errorCode(cause)}). Set PAREIDOLIA_CACHE to a folder that you may write to.`,
    { cause },
  );
}

function errorCode(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
