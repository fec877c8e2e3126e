/**
 * Objects in a bucket of any S3 server, through the `minio` client. Write-once rests on `If-None-Match: *`,
 * which servers heed on a single PUT only, so every object goes up whole.
 */
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@pareidolia/core/appError";
import { Client } from "minio";
import { missingObject, type ObjectStore, occupiedObject, requireObjectKey } from "./objectStore.ts";
import { codeOf, s3Failure } from "./s3Failure.ts";

export interface S3StoreOptions {
  /** With scheme and port. */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
  /** Made when it is absent. */
  readonly bucket: string;
}

/** As the largest upload. Up to this the client sends one PUT. */
const largestObject = 256 * 1024 * 1024;
const patienceSeconds = 10;
const missingCodes = new Set(["NoSuchKey", "NotFound"]);
const occupiedCodes = new Set(["PreconditionFailed", "ConditionalRequestConflict"]);

async function ensureBucket(client: Client, bucket: string, region: string): Promise<void> {
  if (await client.bucketExists(bucket)) return;
  try {
    await client.makeBucket(bucket, region);
  } catch (error) {
    if (codeOf(error) !== "BucketAlreadyOwnedByYou") throw error;
  }
}

/** The client itself would wait for as long as the system lets a connection attempt last. */
async function withinPatience<T>(work: Promise<T>): Promise<T> {
  const patience = new AbortController();
  const late = sleep(patienceSeconds * 1000, undefined, { signal: patience.signal }).then(() => {
    throw new DOMException(`No answer within ${patienceSeconds} s.`, "TimeoutError");
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    patience.abort();
    late.catch(() => undefined);
    work.catch(() => undefined);
  }
}

function clientFor(options: S3StoreOptions): Client {
  const url = new URL(options.endpoint);
  const useSSL = url.protocol === "https:";
  return new Client({
    endPoint: url.hostname,
    port: url.port === "" ? (useSSL ? 443 : 80) : Number(url.port),
    useSSL,
    accessKey: options.accessKey,
    secretKey: options.secretKey,
    region: options.region,
    partSize: largestObject,
  });
}

/** @throws AppError UNAVAILABLE when the server does not answer or refuses the keys. */
export async function openS3Store(options: S3StoreOptions): Promise<ObjectStore> {
  const client = clientFor(options);
  const { bucket } = options;
  const unavailable = (cause: unknown): AppError => s3Failure(options, cause);
  try {
    await withinPatience(ensureBucket(client, bucket, options.region));
  } catch (cause) {
    throw unavailable(cause);
  }
  const open = async (key: string) => {
    requireObjectKey(key);
    try {
      return await client.getObject(bucket, key);
    } catch (cause) {
      throw missingCodes.has(codeOf(cause)) ? missingObject(key) : unavailable(cause);
    }
  };
  const read = async (key: string): Promise<Uint8Array | null> => {
    try {
      return new Uint8Array(await buffer(await open(key)));
    } catch (error) {
      if (!(error instanceof AppError)) throw unavailable(error);
      if (error.code === "NOT_FOUND") return null;
      throw error;
    }
  };
  return {
    async put(key, bytes, { contentType }) {
      requireObjectKey(key);
      if (bytes.length > largestObject) throw new AppError("INVALID_INPUT", `An object holds at most ${largestObject} bytes.`);
      const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      try {
        await client.putObject(bucket, key, body, body.length, { "Content-Type": contentType, "If-None-Match": "*" });
      } catch (cause) {
        if (!occupiedCodes.has(codeOf(cause))) throw unavailable(cause);
        const stored = await read(key);
        if (stored === null) throw unavailable(cause);
        if (Buffer.compare(stored, bytes) !== 0) throw occupiedObject(key);
      }
    },
    async get(key) {
      const bytes = await read(key);
      if (bytes === null) throw missingObject(key);
      return bytes;
    },
    find: read,
    async has(key) {
      requireObjectKey(key);
      try {
        await client.statObject(bucket, key);
        return true;
      } catch (cause) {
        if (missingCodes.has(codeOf(cause))) return false;
        throw unavailable(cause);
      }
    },
    openReadStream: open,
  };
}
