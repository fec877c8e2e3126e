/**
 * Downloads a wheel of hundreds of megabytes as a stream, and resumes an interrupted download. The file is accepted only with the
 * pinned SHA-256.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import type { Wheel } from "./wheels.ts";

export interface DownloadOptions {
  readonly folder: string;
  readonly signal: AbortSignal;
  /** The package index, with its `simple` pages: PIP_INDEX_URL, as pip reads it, or PyPI. */
  readonly index: string;
  readonly progress: (detail: string) => void;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/** Returns the path of the verified file. */
export async function downloadWheel(wheel: Wheel, options: DownloadOptions): Promise<string> {
  const file = path.join(options.folder, wheel.filename);
  if ((await sizeOf(file)) === wheel.bytes) return file;
  await mkdir(options.folder, { recursive: true });
  const partial = `${file}.part`;
  // A partial file may be corrupt. In that case it is downloaded once more from the start.
  for (const fresh of [false, true]) {
    if (fresh) await rm(partial, { force: true });
    if ((await sizeOf(partial)) < wheel.bytes) await fetchRest(wheel, partial, options);
    options.progress(`${wheel.project}: checking its SHA-256`);
    if ((await hashOf(partial)) === wheel.sha256) {
      await rename(partial, file);
      return file;
    }
  }
  await rm(partial, { force: true });
  throw new AppError("CORRUPT_DATA", `${wheel.filename} from ${options.index} does not have the expected SHA-256 ${wheel.sha256}.`);
}

async function fetchRest(wheel: Wheel, partial: string, options: DownloadOptions): Promise<void> {
  const url = await findUrl(wheel, options);
  const have = await sizeOf(partial);
  const response = await request(url, options, have > 0 ? { range: `bytes=${have}-` } : {});
  if (response.body === null) throw unreachable(url, "empty response");
  const resumed = response.status === 206;
  const target = await open(partial, resumed ? "a" : "w");
  let received = resumed ? have : 0;
  try {
    for await (const chunk of response.body as ReadableStream<Uint8Array>) {
      options.signal.throwIfAborted();
      received += chunk.length;
      if (received > wheel.bytes) throw new AppError("CORRUPT_DATA", `${url} sent more than the ${wheel.bytes} bytes expected.`);
      await target.write(chunk);
      options.progress(`${wheel.project}: ${megabytes(received)} of ${megabytes(wheel.bytes)}`);
    }
  } catch (error) {
    options.signal.throwIfAborted();
    throw explain(url, error);
  } finally {
    await target.close();
  }
  if (received < wheel.bytes) throw unreachable(url, `the connection ended after ${megabytes(received)}`);
}

interface IndexPage {
  readonly files: readonly { readonly filename: string; readonly url: string; readonly hashes: Readonly<Record<string, string>> }[];
}

/** Finds the file's URL in the index. @throws AppError CORRUPT_DATA if the index lists another hash than the pinned one. */
async function findUrl(wheel: Wheel, options: DownloadOptions): Promise<string> {
  const page = `${options.index.replace(/\/$/, "")}/${wheel.project}/`;
  const response = await request(page, options, { accept: "application/vnd.pypi.simple.v1+json" });
  let files: IndexPage["files"];
  try {
    files = ((await response.json()) as IndexPage).files;
  } catch (error) {
    options.signal.throwIfAborted();
    throw new AppError(
      "UNAVAILABLE",
      `The package index ${options.index} does not support JSON (PEP 691). Set PIP_INDEX_URL to one that does.`,
      {
        cause: error,
      },
    );
  }
  const found = files.find(({ filename }) => filename === wheel.filename);
  if (found === undefined) throw new AppError("UNAVAILABLE", `The package index ${options.index} does not have ${wheel.filename}.`);
  if (found.hashes["sha256"] !== wheel.sha256)
    throw new AppError("CORRUPT_DATA", `The package index ${options.index} lists ${wheel.filename} with another hash than the pinned one.`);
  return new URL(found.url, page).href;
}

async function request(url: string, { signal }: DownloadOptions, headers: Readonly<Record<string, string>>): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal, headers, redirect: "follow" });
  } catch (error) {
    signal.throwIfAborted();
    throw explain(url, error);
  }
  if (!response.ok) throw unreachable(url, `the server answered ${response.status}`);
  return response;
}

function explain(url: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const cause = error instanceof Error ? ((error.cause as NodeJS.ErrnoException | undefined)?.code ?? error.message) : String(error);
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOSPC")
    return new AppError("UNAVAILABLE", "The disk is full. Free some space and run the same command again.", { cause: error });
  return unreachable(url, cause, error);
}

function unreachable(url: string, reason: string, cause?: unknown): AppError {
  return new AppError(
    "UNAVAILABLE",
    `Could not download from ${new URL(url).host} (${reason}). Check the internet connection and run the same command again to resume.`,
    cause === undefined ? {} : { cause },
  );
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
