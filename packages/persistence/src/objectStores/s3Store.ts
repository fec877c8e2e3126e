/**
 * Objects in a bucket of any S3 server, through the `minio` client. Write-once rests on `If-None-Match: *`,
 * which servers heed on a single PUT only, so every object goes up whole.
 */
import { buffer } from "node:stream/consumers";
import { AppError } from "@pareidolia/core/appError";
import { Client } from "minio";
import { missingObject, type ObjectStore, occupiedObject, requireObjectKey } from "./objectStore.ts";

export interface S3StoreOptions {
  /** With scheme and port. */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
  /** Made when it is absent. */
  readonly bucket: string;
}

/** Below this the client sends one PUT. */
const largestObject = 32 * 1024 * 1024;
const missingCodes = new Set(["NoSuchKey", "NotFound"]);
const occupiedCodes = new Set(["PreconditionFailed", "ConditionalRequestConflict"]);

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : "unknown error";
}

function unavailable(cause: unknown): AppError {
  return new AppError(
    "UNAVAILABLE",
    `The object store does not do what it is asked (${codeOf(cause)}). Check the S3 settings and the server.`,
    {
      cause,
    },
  );
}

async function ensureBucket(client: Client, bucket: string, region: string): Promise<void> {
  if (await client.bucketExists(bucket)) return;
  try {
    await client.makeBucket(bucket, region);
  } catch (error) {
    if (codeOf(error) !== "BucketAlreadyOwnedByYou") throw error;
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
  try {
    await ensureBucket(client, bucket, options.region);
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
