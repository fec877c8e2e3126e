/** Downloads a file, resumes it after a lost connection, and checks its SHA-256. */
import { files } from "#files";
import { isTransient, pause, secondsBefore } from "../http/backoff.ts";
import type { Connection } from "../http/connection.ts";
import { dataOf, factsOf, readResponse } from "../http/readResult.ts";
import { lostConnection, request } from "../http/request.ts";
import { PareidoliaError } from "../pareidoliaError.ts";
import type { PartialFile, Sha256 } from "./files.ts";

export interface DownloadOptions {
  /** SHA-256 that the file must have, in hexadecimal. Default: that of the response's entity tag, if it has one. */
  readonly sha256?: string | null | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called as bytes arrive; `total` is null if the server does not say. */
  readonly onProgress?: ((received: number, total: number | null) => void) | undefined;
}

export interface Downloaded {
  readonly byteLength: number;
  readonly sha256: string;
}

/** Where a file is received: under a path, in a stream, or in memory. */
interface Target {
  append(bytes: Uint8Array): Promise<void>;
  /** Starts over; null if it cannot. */
  readonly empty: (() => Promise<void>) | null;
}

interface Progress {
  received: number;
  hash: Sha256;
  entityTag: string | null;
  expected: string | null;
}

const hashTag = /^"([0-9a-f]{64})"$/i;

function totalOf(response: Response, received: number): number | null {
  const ranged = /\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1];
  if (ranged !== undefined) return Number(ranged);
  // The length of a compressed response is not that of the file.
  const length = response.headers.get("content-encoding") === null ? response.headers.get("content-length") : null;
  return length === null ? null : received + Number(length);
}

async function startOver(progress: Progress, target: Target): Promise<void> {
  if (progress.received === 0) return;
  if (target.empty === null)
    throw new PareidoliaError("NETWORK", "The download was interrupted, and the file has changed since. Start it again.");
  await target.empty();
  progress.received = 0;
  progress.hash = files.createSha256();
}

async function receive(connection: Connection, address: URL, target: Target, progress: Progress, options: DownloadOptions): Promise<void> {
  const { received: before, entityTag } = progress;
  const resumed = before === 0 ? {} : { range: `bytes=${before}-`, ...(entityTag === null ? {} : { "if-range": entityTag }) };
  // Places in a compressed response are not those in the file.
  const headers = { "accept-encoding": "identity", ...resumed };
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  const silence = (): ReturnType<typeof setTimeout> =>
    setTimeout(() => stop.abort(new Error(`nothing arrived for ${connection.timeoutSeconds} seconds`)), connection.timeoutSeconds * 1_000);
  let timer = silence();
  try {
    await request(connection, address, { method: "GET", headers, signal, timeoutSeconds: null }, async (response) => {
      // Everything had arrived.
      if (response.status === 416 && before > 0) return;
      if (!response.ok) {
        dataOf(await readResponse(response), factsOf(response));
        throw new PareidoliaError("BAD_RESPONSE", `${address.host} answered with status ${response.status}.`, factsOf(response));
      }
      if (response.status !== 206) await startOver(progress, target);
      progress.entityTag = response.headers.get("etag");
      progress.expected ??= hashTag.exec(progress.entityTag ?? "")?.[1]?.toLowerCase() ?? null;
      const total = totalOf(response, progress.received);
      if (response.body === null) return;
      const reader = response.body.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        clearTimeout(timer);
        timer = silence();
        await target.append(value);
        progress.hash.update(value);
        progress.received += value.length;
        options.onProgress?.(progress.received, total);
      }
      if (total !== null && progress.received < total) throw lostConnection(address, new Error("the file ended early"));
    });
  } catch (error) {
    options.signal?.throwIfAborted();
    throw stop.signal.aborted ? lostConnection(address, stop.signal.reason) : error;
  } finally {
    clearTimeout(timer);
  }
}

async function receiveAll(
  connection: Connection,
  address: URL,
  target: Target,
  progress: Progress,
  options: DownloadOptions,
): Promise<Downloaded> {
  for (let failures = 0; ; )
    try {
      const before = progress.received;
      try {
        await receive(connection, address, target, progress, options);
      } finally {
        if (progress.received > before) failures = 0;
      }
      const sha256 = progress.hash.digest();
      if (progress.expected === null || sha256 === progress.expected) return { byteLength: progress.received, sha256 };
      throw new PareidoliaError("WRONG_HASH", `The file has the SHA-256 ${sha256} instead of ${progress.expected}. Download it again.`);
    } catch (error) {
      if (failures >= connection.retries || !isTransient(error, true)) throw error;
      await pause(secondsBefore(failures, error.retryAfter), options.signal);
      failures += 1;
    }
}

function startProgress(options: DownloadOptions): Progress {
  return { received: 0, hash: files.createSha256(), entityTag: null, expected: options.sha256?.toLowerCase() ?? null };
}

/** Downloads into memory. */
export async function downloadBytes(
  connection: Connection,
  address: URL,
  options: DownloadOptions,
): Promise<Downloaded & { readonly bytes: Uint8Array<ArrayBuffer> }> {
  let parts: Uint8Array<ArrayBuffer>[] = [];
  const target: Target = {
    async append(bytes) {
      parts.push(Uint8Array.from(bytes));
    },
    async empty() {
      parts = [];
    },
  };
  const downloaded = await receiveAll(connection, address, target, startProgress(options), options);
  return { ...downloaded, bytes: new Uint8Array(await new Blob(parts).arrayBuffer()) };
}

/** Downloads into a stream, which it closes, or aborts if it fails. */
export async function downloadToStream(
  connection: Connection,
  address: URL,
  stream: WritableStream<Uint8Array>,
  options: DownloadOptions,
): Promise<Downloaded> {
  const writer = stream.getWriter();
  try {
    const target: Target = { append: (bytes) => writer.write(bytes), empty: null };
    const downloaded = await receiveAll(connection, address, target, startProgress(options), options);
    await writer.close();
    return downloaded;
  } catch (error) {
    // The stream may have failed by itself; the first error says why.
    await writer.abort(error).catch(() => undefined);
    throw error;
  }
}

/** The rest of an interrupted download is used only if a hash of the whole file can prove that both are the same file. */
async function readLeftover(part: PartialFile, progress: Progress): Promise<void> {
  if (progress.expected === null) return part.empty();
  for await (const bytes of part.read()) progress.hash.update(bytes);
  progress.received = part.byteLength;
}

/** Downloads to `PATH.part`, which gets its name when it is complete. With a known hash, a later call resumes an interrupted download. */
export async function downloadToFile(connection: Connection, address: URL, path: string, options: DownloadOptions): Promise<Downloaded> {
  const part = await files.openPartialFile(path);
  const progress = startProgress(options);
  try {
    await readLeftover(part, progress);
    const hasLeftover = progress.received > 0;
    const receiveOnce = (): Promise<Downloaded> => receiveAll(connection, address, part, progress, options);
    const downloaded = await receiveOnce().catch(async (error: unknown) => {
      if (!(error instanceof PareidoliaError && error.code === "WRONG_HASH")) throw error;
      await part.empty();
      if (!hasLeftover) throw error;
      // The partial file belonged to another file.
      Object.assign(progress, startProgress(options));
      return receiveOnce();
    });
    await part.complete();
    return downloaded;
  } catch (error) {
    // The first error says why the download failed.
    await part.close().catch(() => undefined);
    throw error;
  }
}
