/**
 * Files that browsers and programs send to the store, before anything has checked them. Each is stored under the ID of its upload, or of a
 * part, separate from all other objects. `keep` hashes the file of an upload and stores it by its content; `read` returns a part, which is
 * hashed together with the others. S3 receives forms itself, by a POST policy; for other stores the API receives them by the same rules.
 */
import { AppError } from "@pareidolia/core/appError";
import type { ReceivedFile } from "./receivedFile.ts";

/** A form of type multipart/form-data, with the file as its last field, named `file`. */
export interface UploadForm {
  /** Absolute for S3; a path of the API otherwise. */
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface FormTerms {
  /** A UUID. */
  readonly id: string;
  /** The exact size of the file, in bytes. */
  readonly byteLength: number;
  /** A transfer that begins before this time may end later. */
  readonly expiresAt: Date;
}

export interface PostedFile {
  /** Of the upload, or of a part of it. */
  readonly id: string;
  readonly byteLength: number;
  readonly storedAt: Date;
}

export interface PostedFiles {
  /** A form that accepts one file of this size. Until it expires it can be sent again, and the last file counts. */
  presign(terms: FormTerms): Promise<UploadForm>;
  /**
   * Checks a form that was sent to the API.
   * @throws AppError FORBIDDEN when the form was changed, has expired or is not ours.
   */
  verify(fields: ReadonlyMap<string, string>): Promise<FormTerms>;
  /**
   * Stores the file of a verified form. Nothing is stored when it fails.
   * @throws AppError INVALID_INPUT when the file has another size; UNAVAILABLE when the store cannot be written.
   */
  receive(terms: FormTerms, body: AsyncIterable<Uint8Array>): Promise<void>;
  /**
   * Hashes the file and also stores it as the object `files/<sha256>`. Null when no file has arrived.
   * @throws AppError INVALID_INPUT when it is longer than `longest` bytes; UNAVAILABLE when the store cannot be used.
   */
  keep(id: string, options: { readonly longest: number }): Promise<ReceivedFile | null>;
  /** The bytes of a small file; null when none has arrived. @throws AppError UNAVAILABLE when the store cannot be read. */
  read(id: string): Promise<Uint8Array | null>;
  /** Deletes the file, if there is one. */
  discard(id: string): Promise<void>;
  list(): AsyncIterable<PostedFile>;
}

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const prefix = "uploads/";

export function isUploadId(text: string): boolean {
  return idPattern.test(text);
}

/** Rejects every other path. @throws AppError INVALID_INPUT */
export function postedKey(id: string): string {
  if (!isUploadId(id)) throw new AppError("INVALID_INPUT", "This is not the ID of an upload.");
  return `${prefix}${id}`;
}

/** The upload of a key; null for other keys. */
export function uploadOfKey(key: string): string | null {
  const id = key.startsWith(prefix) ? key.slice(prefix.length) : "";
  return isUploadId(id) ? id : null;
}

export function wrongSize(byteLength: number): AppError {
  return new AppError("INVALID_INPUT", `The file does not have the ${byteLength.toLocaleString("en")} bytes that were announced.`, {
    field: "body",
  });
}

/** Passes the body on, and fails if it is longer or shorter than `byteLength`. */
export async function* ofExactSize(body: AsyncIterable<Uint8Array>, byteLength: number): AsyncGenerator<Uint8Array> {
  let received = 0;
  for await (const chunk of body) {
    received += chunk.length;
    if (received > byteLength) throw wrongSize(byteLength);
    yield chunk;
  }
  if (received < byteLength) throw wrongSize(byteLength);
}
