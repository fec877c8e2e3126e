/**
 * Stores objects in a bucket of any S3 server with the `minio` client. Writing once relies on `If-None-Match: *`, which servers support
 * only for a single PUT, so every object is uploaded in one request, except large files of imports. Every call has a deadline and is
 * retried.
 */
import { createReadStream } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { AppError } from "@pareidolia/core/appError";
import { type BucketItem, Client } from "minio";
import {
  damagedObject,
  fileKey,
  hasContentOf,
  isObjectKey,
  maxChecked,
  maxFileSize,
  missingObject,
  type ObjectStore,
  requireContentKey,
  requireObjectKey,
  trustedMilliseconds,
} from "./objectStore.ts";
import { allowBrowserPosts } from "./s3Cors.ts";
import { codeOf, explainRefusal } from "./s3Failure.ts";
import { type Retries, withRetries } from "./s3Retries.ts";
import { type Deadlines, lateAnswer, longestTransfer, withDeadlines } from "./s3Transport.ts";
import { openS3Uploads } from "./s3Uploads.ts";
import { spoolFile } from "./spoolFile.ts";

export interface S3Timeouts extends Deadlines, Retries {}

export interface S3StoreOptions {
  /** With scheme and port. */
  readonly endpoint: string;
  /** The address by which browsers reach the server, so that they send files to it directly. Default: they send them through the API. */
  readonly publicEndpoint?: string | undefined;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
  /** Created if it does not exist. */
  readonly bucket: string;
  readonly timeouts?: Partial<S3Timeouts>;
  /** For tests that cannot send large files. */
  readonly parts?: Parts;
}

/** How files are sent that are too large for one request. */
interface Parts {
  /** Bytes of the largest file that is sent in one request. */
  readonly above: number;
  /** Bytes of a part; S3 takes 10,000 of them, of at least 5 MiB. */
  readonly bytes: number;
}

const defaultTimeouts: S3Timeouts = { silenceSeconds: 10, callSeconds: 15 };
const openSeconds = 5;
const missingCodes = new Set(["NoSuchKey", "NotFound"]);
const occupiedCodes = new Set(["PreconditionFailed", "ConditionalRequestConflict"]);
const markerName = "store-marker";
const headsName = "audit-heads";
const probeName = "probe";
const text = { "Content-Type": "text/plain" };

async function ensureBucket(client: Client, bucket: string, region: string): Promise<void> {
  if (await client.bucketExists(bucket)) return;
  try {
    await client.makeBucket(bucket, region);
  } catch (error) {
    if (codeOf(error) !== "BucketAlreadyOwnedByYou") throw error;
  }
}

const defaultParts: Parts = { above: maxFileSize, bytes: 64 * 2 ** 20 };

/** @param singleBytes objects up to this size are sent in one PUT. */
function clientFor(endpoint: string, options: S3StoreOptions, deadlines: Deadlines, singleBytes = maxFileSize): Client {
  const url = new URL(endpoint);
  const useSSL = url.protocol === "https:";
  return new Client({
    endPoint: url.hostname,
    port: url.port === "" ? (useSSL ? 443 : 80) : Number(url.port),
    useSSL,
    accessKey: options.accessKey,
    secretKey: options.secretKey,
    region: options.region,
    partSize: singleBytes,
    transport: withDeadlines(useSSL ? https : http, deadlines),
    // `withRetries` retries instead: the client's own retries write to the console.
    retryOptions: { disableRetry: true },
  });
}

function lengthOf(stream: Readable): number {
  return Number((stream as IncomingMessage).headers["content-length"] ?? 0);
}

/** The whole body, within the time that its size allows. */
async function readBody(stream: Readable, deadlines: Deadlines): Promise<Uint8Array> {
  const milliseconds = longestTransfer(lengthOf(stream), deadlines);
  const late = setTimeout(() => stream.destroy(lateAnswer(milliseconds / 1000)), milliseconds);
  try {
    return new Uint8Array(await buffer(stream));
  } finally {
    clearTimeout(late);
  }
}

/** @throws AppError UNAVAILABLE when the server does not answer or refuses the keys. */
export async function openS3Store(options: S3StoreOptions): Promise<ObjectStore> {
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const { bucket, endpoint, publicEndpoint, parts = defaultParts } = options;
  const client = clientFor(endpoint, options, timeouts);
  const unavailable = (cause: unknown): Promise<AppError> => explainRefusal(options, cause);
  const guarded = async <T>(call: () => Promise<T>, retries: Retries = timeouts): Promise<T> => {
    try {
      return await withRetries(call, retries);
    } catch (cause) {
      throw await unavailable(cause);
    }
  };
  /** Null if `call` finds no object. */
  const unlessMissing = <T>(call: () => Promise<T>): Promise<T | null> =>
    guarded(async () => {
      try {
        return await call();
      } catch (cause) {
        if (missingCodes.has(codeOf(cause))) return null;
        throw cause;
      }
    });
  const readWhole = async (name: string) => readBody(await client.getObject(bucket, name), timeouts);
  const readText = async (name: string): Promise<string | null> => {
    const bytes = await unlessMissing(() => readWhole(name));
    return bytes === null ? null : Buffer.from(bytes).toString("utf8");
  };
  const read = async (key: string): Promise<Uint8Array | null> => {
    requireObjectKey(key);
    const bytes = await unlessMissing(() => readWhole(key));
    if (bytes !== null && !hasContentOf(key, bytes)) throw damagedObject();
    return bytes;
  };
  const write = async (name: string, bytes: Uint8Array, headers: Readonly<Record<string, string>>): Promise<void> => {
    const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    await client.putObject(bucket, name, body, body.length, headers);
  };
  /** False if the object already exists. */
  const writeNew = (name: string, bytes: Uint8Array, contentType: string): Promise<boolean> =>
    guarded(async () => {
      try {
        await write(name, bytes, { "Content-Type": contentType, "If-None-Match": "*" });
        return true;
      } catch (cause) {
        if (occupiedCodes.has(codeOf(cause))) return false;
        throw cause;
      }
    });

  const isTrusted = async (key: string): Promise<boolean> => {
    const found = await unlessMissing(() => client.statObject(bucket, key));
    return found !== null && found.lastModified.getTime() > Date.now() - trustedMilliseconds;
  };
  const put: ObjectStore["put"] = async (key, bytes, { contentType }) => {
    requireContentKey(key, bytes);
    if (bytes.length > maxFileSize) throw new AppError("INVALID_INPUT", `An object may have at most ${maxFileSize} bytes.`);
    if (await writeNew(key, bytes, contentType)) return;
    const stored = await unlessMissing(() => readWhole(key));
    // The key is the hash of `bytes`, so any other bytes under it are damaged.
    if (stored === null || !hasContentOf(key, stored) || !(await isTrusted(key)))
      await guarded(() => write(key, bytes, { "Content-Type": contentType }));
  };

  let sending: Promise<void> = Promise.resolve();
  const inTurn = <T>(call: () => Promise<T>): Promise<T> => {
    const sent = sending.then(call);
    sending = sent.then(
      () => undefined,
      () => undefined,
    );
    return sent;
  };
  const partsClient = clientFor(endpoint, options, timeouts, parts.bytes);
  const writeFile = (name: string, file: string, byteLength: number): Promise<void> =>
    guarded(async () => {
      await partsClient.putObject(bucket, name, createReadStream(file), byteLength, { "Content-Type": "application/octet-stream" });
    });
  const receiveFile: ObjectStore["receiveFile"] = async (body, { longest }) => {
    const { file, sha256, byteLength } = await spoolFile(body, { longest });
    const key = fileKey(sha256);
    const store = async (): Promise<void> => {
      if (byteLength <= parts.above) await put(key, await readFile(file), { contentType: "application/octet-stream" });
      // Written again even if it exists: only that shows that its bytes are intact.
      else await writeFile(key, file, byteLength);
    };
    try {
      // One at a time, because a file or a part of it is in memory during its upload.
      await inTurn(store);
      return { sha256, byteLength };
    } finally {
      await rm(file, { force: true });
    }
  };

  // Startup waits for this call, so its timeout is shorter.
  await guarded(() => ensureBucket(client, bucket, options.region), { callSeconds: Math.min(timeouts.callSeconds, openSeconds) });
  const publicClient = publicEndpoint === undefined ? null : clientFor(publicEndpoint, options, timeouts);
  if (publicClient !== null) await allowBrowserPosts(client, bucket);
  const { secretKey } = options;
  return {
    place: `the bucket "${bucket}" at ${endpoint}`,
    posted: openS3Uploads({ client, publicClient, bucket, secretKey, guarded, unavailable, unlessMissing, writeFile, inTurn, receiveFile }),
    put,
    async get(key) {
      const bytes = await read(key);
      if (bytes === null) throw missingObject(key);
      return bytes;
    },
    find: read,
    async has(key) {
      requireObjectKey(key);
      return (await unlessMissing(() => client.statObject(bucket, key))) !== null;
    },
    async openReadStream(key) {
      requireObjectKey(key);
      const found = await unlessMissing(async () => {
        const stream = await client.getObject(bucket, key);
        return lengthOf(stream) > maxChecked ? stream : readBody(stream, timeouts);
      });
      if (found === null) throw missingObject(key);
      if (!(found instanceof Uint8Array)) return found;
      if (!hasContentOf(key, found)) throw damagedObject();
      return Readable.from(found.length === 0 ? [] : [found]);
    },
    receiveFile,
    async *list() {
      for (const prefix of ["images/", "genomes/", "files/"])
        try {
          for await (const { name, size, lastModified } of client.listObjectsV2(bucket, prefix, true) as AsyncIterable<BucketItem>)
            if (name !== undefined && isObjectKey(name) && lastModified !== undefined)
              yield { key: name, byteLength: size, storedAt: lastModified };
        } catch (cause) {
          throw await unavailable(cause);
        }
    },
    async deleteObjects(keys, { storedBefore }) {
      let count = 0;
      let byteLength = 0;
      for (const key of keys) {
        requireObjectKey(key);
        const found = await unlessMissing(() => client.statObject(bucket, key));
        if (found === null || found.lastModified >= storedBefore) continue;
        await guarded(() => client.removeObject(bucket, key));
        count++;
        byteLength += found.size;
      }
      return { count, byteLength };
    },
    // An upload in one request leaves nothing behind if it fails. Parts of large files stay until the next upload of the same file
    // continues with them, or the bucket's rule for unfinished uploads deletes them.
    clearLeftovers: async () => ({ count: 0, byteLength: 0 }),
    async probe() {
      const bytes = Buffer.from("Pareidolia writes and reads this object to check that the store works.\n");
      try {
        await write(probeName, bytes, text);
        await readWhole(probeName);
      } catch (cause) {
        throw await unavailable(cause);
      }
    },
    readMarker: () => readText(markerName),
    async writeMarker(marker, { replace }) {
      const bytes = Buffer.from(marker);
      if (replace) await guarded(() => write(markerName, bytes, text));
      else await writeNew(markerName, bytes, "text/plain");
    },
    readAuditHeads: () => readText(headsName),
    replaceAuditHeads: (content) => guarded(() => write(headsName, Buffer.from(content), text)),
    findDamage: async () => [],
    setDamageAside: async () => [],
  };
}
