/** Downloads one file over HTTP: limited in size, aborted when the server falls silent, and resumed after an interruption. */

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { statfs, truncate } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { dirname } from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { guardedRequest } from "./guardedRequest.ts";
import { leavePartial, type OwnPart, takePartial } from "./partialDownload.ts";

export interface DownloadOptions {
  readonly url: string;
  /** Where the caller will move the complete file. Parts are written to the same folder. */
  readonly location: string;
  readonly maximumBytes: number;
  /** Whether to download from this machine. */
  readonly allowLoopback: boolean;
  /** A server that sends nothing for this long counts as failed. */
  readonly idleTimeoutSeconds: number;
  readonly onProgress: (received: number, total: number | null) => void;
}

/** Returns the path of the complete download, which the caller moves or removes. @throws Error with the reason. */
export async function download(options: DownloadOptions): Promise<{ readonly part: string; readonly resumed: boolean }> {
  const own = await takePartial(options.location, options.url);
  const state = { origin: own.origin };
  try {
    const resumed = await receive(own, options, state);
    return { part: own.location, resumed };
  } catch (error) {
    // If the bytes cannot be left for a later attempt, it starts from the beginning.
    await leavePartial(options.location, own.location, isTooLarge(error) ? null : state.origin).catch(() => undefined);
    throw error;
  }
}

async function receive(own: OwnPart, options: DownloadOptions, state: { origin: OwnPart["origin"] }): Promise<boolean> {
  const { url, maximumBytes, idleTimeoutSeconds } = options;
  const silence = new AbortController();
  const startTimer = (): NodeJS.Timeout =>
    setTimeout(() => silence.abort(new Error(`the server sent nothing for ${idleTimeoutSeconds} seconds`)), idleTimeoutSeconds * 1000);
  let timer = startTimer();
  let answer: IncomingMessage | null = null;
  try {
    const headers = own.size === 0 || own.origin === null ? {} : { range: `bytes=${own.size}-`, "if-range": own.origin.validator };
    const response = await request(url, { headers, signal: silence.signal, allowLoopback: options.allowLoopback });
    answer = response;
    const status = response.statusCode ?? 0;
    const resumed = own.size > 0 && status === 206 && startOf(response) === own.size;
    if (status === 416 && own.size > 0) {
      response.destroy();
      await truncate(own.location, 0);
      return receive({ ...own, size: 0, origin: null }, options, state);
    }
    if (status < 200 || status > 299 || (status === 206 && !resumed)) throw new Error(`the server answered ${status}`);
    if ((response.headers["content-encoding"] ?? "identity") !== "identity")
      throw new Error("the server sends it compressed although the request excludes that");
    state.origin = originOf(url, response);
    if (!resumed && own.size > 0) await truncate(own.location, 0);
    let received = resumed ? own.size : 0;
    const total = totalOf(response, received);
    if (total !== null && total > maximumBytes) throw new TooLarge(maximumBytes);
    await checkFreeSpace(options.location, (total ?? 0) - received);
    const file = createWriteStream(own.location, { flags: "a" });
    const failed = once(file, "error").then(([error]) => Promise.reject(error as Error));
    // Awaited with each write; it may reject when none is under way.
    failed.catch(() => undefined);
    try {
      for await (const chunk of bodyOf(response)) {
        clearTimeout(timer);
        timer = startTimer();
        received += chunk.length;
        if (received > maximumBytes) throw new TooLarge(maximumBytes);
        if (!file.write(chunk)) await Promise.race([once(file, "drain"), failed]);
        options.onProgress(received, total);
      }
    } finally {
      await Promise.race([new Promise<void>((done) => file.end(done)), failed]);
    }
    if (total !== null && received < total) throw new Error("the connection ended early");
    return resumed;
  } catch (error) {
    throw silence.signal.aborted ? silence.signal.reason : error;
  } finally {
    clearTimeout(timer);
    answer?.destroy();
  }
}

/** Wraps an error of the network, to distinguish it from one of the disk. */
function networkError(cause: unknown): Error {
  return new Error(cause instanceof Error ? cause.message : "the network failed", { cause });
}

async function request(url: string, options: Parameters<typeof guardedRequest>[1]): Promise<IncomingMessage> {
  try {
    return await guardedRequest(url, options);
  } catch (error) {
    throw networkError(error);
  }
}

async function* bodyOf(response: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* response as AsyncIterable<Buffer>;
  } catch (error) {
    throw networkError(error);
  }
}

class TooLarge extends Error {
  constructor(maximum: number) {
    super(`it is larger than ${maximum} bytes`);
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof TooLarge;
}

/** A weak ETag does not qualify, since it may stand for different bytes. */
function originOf(url: string, { headers }: IncomingMessage): OwnPart["origin"] {
  const { etag } = headers;
  const validator = etag !== undefined && !etag.startsWith("W/") ? etag : headers["last-modified"];
  return validator === undefined || headers["accept-ranges"] === "none" ? null : { url, validator };
}

function startOf({ headers }: IncomingMessage): number | null {
  const match = /^bytes (\d+)-\d+\/(?:\d+|\*)$/.exec(headers["content-range"] ?? "");
  return match === null ? null : Number(match[1]);
}

function totalOf({ headers }: IncomingMessage, before: number): number | null {
  const declared = Number(headers["content-length"]);
  return Number.isSafeInteger(declared) && declared > 0 ? before + declared : null;
}

async function checkFreeSpace(location: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(location));
  if (needed > bavail * bsize)
    throw new AppError(
      "UNAVAILABLE",
      `${dirname(location)} has no space for another ${needed} bytes (${bavail * bsize} are free). Free some space, or set PAREIDOLIA_CACHE to a folder on another disk.`,
    );
}
