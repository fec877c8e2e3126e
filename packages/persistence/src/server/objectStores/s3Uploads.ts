/**
 * Receives posted files into a bucket. If browsers reach the server, they post to it directly, by a POST policy that the server itself
 * enforces; otherwise, and for files that are too large for one request, they post to the API, with a form that the API signs and checks.
 */
import { createHmac } from "node:crypto";
import { rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { AppError } from "@pareidolia/core/appError";
import type { BucketItem, Client } from "minio";
import { type FormTerms, ofExactSize, type PostedFiles, postedKey, type UploadForm, uploadOfKey } from "./postedFiles.ts";
import type { ReceivedFile } from "./receivedFile.ts";
import { signForm, verifyForm } from "./signedForms.ts";
import { spoolFile } from "./spoolFile.ts";

export interface S3UploadsOptions {
  readonly client: Client;
  /** A client of the address that browsers reach; null if they do not reach the server. */
  readonly publicClient: Client | null;
  readonly bucket: string;
  readonly secretKey: string;
  /** Retries the call, and converts its errors to AppErrors. */
  guarded<T>(call: () => Promise<T>): Promise<T>;
  /** Explains an error of the client. */
  unavailable(cause: unknown): Promise<AppError>;
  /** Null if the call finds no object. */
  unlessMissing<T>(call: () => Promise<T>): Promise<T | null>;
  /** Stores a file of any size. */
  writeFile(name: string, file: string, byteLength: number): Promise<void>;
  /** Runs calls one after another, because each holds a part of a file in memory. */
  inTurn<T>(call: () => Promise<T>): Promise<T>;
  receiveFile(body: AsyncIterable<Uint8Array>, options: { readonly longest: number }): Promise<ReceivedFile>;
}

/** Bytes that S3 servers accept in one POST; larger files are sent through the API. */
const maxPostSize = 5 * 2 ** 30;

async function presignPolicy(client: Client, bucket: string, { id, byteLength, expiresAt }: FormTerms): Promise<UploadForm> {
  const policy = client.newPostPolicy();
  policy.setBucket(bucket);
  policy.setKey(postedKey(id));
  policy.setContentLengthRange(byteLength, byteLength);
  policy.setExpires(expiresAt);
  const { postURL, formData } = await client.presignedPostPolicy(policy);
  return { url: postURL, fields: formData as Record<string, string> };
}

export function openS3Uploads(options: S3UploadsOptions): PostedFiles {
  const { client, publicClient, bucket, secretKey, guarded, unavailable, unlessMissing, writeFile, inTurn, receiveFile } = options;
  const secret = createHmac("sha256", secretKey).update(`pareidolia upload forms of ${bucket}`).digest();
  return {
    presign: async (terms) =>
      publicClient === null || terms.byteLength > maxPostSize
        ? signForm(terms, secret)
        : guarded(() => presignPolicy(publicClient, bucket, terms)),
    verify: async (fields) => verifyForm(fields, secret),
    async receive({ id, byteLength }, body) {
      const name = postedKey(id);
      const { file } = await spoolFile(ofExactSize(body, byteLength), { longest: byteLength });
      try {
        await inTurn(() => writeFile(name, file, byteLength));
      } finally {
        await rm(file, { force: true });
      }
    },
    async keep(id, { longest }) {
      const name = postedKey(id);
      const stream = await unlessMissing<Readable>(() => client.getObject(bucket, name));
      if (stream === null) return null;
      const body = async function* () {
        try {
          yield* stream as AsyncIterable<Uint8Array>;
        } catch (cause) {
          throw await unavailable(cause);
        }
      };
      return receiveFile(body(), { longest });
    },
    async read(id) {
      const stream = await unlessMissing<Readable>(() => client.getObject(bucket, postedKey(id)));
      if (stream === null) return null;
      try {
        return Buffer.concat(await stream.toArray());
      } catch (cause) {
        throw await unavailable(cause);
      }
    },
    async discard(id) {
      await guarded(() => client.removeObject(bucket, postedKey(id)));
    },
    async *list() {
      const items = client.listObjectsV2(bucket, "uploads/", true) as AsyncIterable<BucketItem>;
      try {
        for await (const { name = "", size, lastModified } of items) {
          const id = uploadOfKey(name);
          if (id !== null && lastModified !== undefined) yield { id, byteLength: size, storedAt: lastModified };
        }
      } catch (cause) {
        throw await unavailable(cause);
      }
    },
  };
}
