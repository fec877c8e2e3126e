/**
 * Sends a large file in parts, so that an upload resumes with the next part after a lost connection, even in another process. Before
 * sending, it compares the hashes of the parts that have arrived with the file, and sends those that differ again.
 */
import { files } from "#files";
import type { Connection } from "../http/connection.ts";
import { dataOf, factsOf, readResponse } from "../http/readResult.ts";
import { request } from "../http/request.ts";
import { withRetries } from "../http/retry.ts";
import { PareidoliaError } from "../pareidoliaError.ts";

/** Smaller files are sent in one request. */
export const multipartThreshold = 16 * 1024 * 1024;
/** Read at a time to hash a file. */
const hashedBytes = 8 * 1024 * 1024;

/** The parts of an upload that have arrived. */
export interface ArrivedParts {
  readonly partBytes: number;
  readonly partCount: number;
  /** Hashes of the parts that have arrived, in order. */
  readonly sha256s: readonly string[];
}

export interface PartsOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the share that has arrived, from 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

const addressOf = (connection: Connection, uploadId: string): URL => new URL(`/uploads/${uploadId}/parts`, connection.url);

async function readJson<Result>(response: Response): Promise<Result> {
  if (response.ok) return (await response.json()) as Result;
  dataOf(await readResponse(response), factsOf(response));
  throw new PareidoliaError("BAD_RESPONSE", `The upload was refused with status ${response.status}.`, factsOf(response));
}

/** Null for an upload that this user cannot continue. */
export async function findArrived(connection: Connection, uploadId: string, signal: AbortSignal | undefined): Promise<ArrivedParts | null> {
  try {
    return await withRetries({ retries: connection.retries, mayHappenTwice: true, throttle: null, signal }, () =>
      request(connection, addressOf(connection, uploadId), { method: "GET", signal }, (response) => readJson<ArrivedParts>(response)),
    );
  } catch (error) {
    if (error instanceof PareidoliaError && (error.code === "FORBIDDEN" || error.code === "NOT_FOUND")) return null;
    throw error;
  }
}

function hashOf(bytes: Uint8Array): string {
  const hash = files.createSha256();
  hash.update(bytes);
  return hash.digest();
}

/** The SHA-256 of a file that may not fit into memory. */
export async function hashParts(file: Blob, signal: AbortSignal | undefined): Promise<string> {
  const whole = files.createSha256();
  for (let from = 0; from < file.size; from += hashedBytes) {
    signal?.throwIfAborted();
    whole.update(new Uint8Array(await file.slice(from, from + hashedBytes).arrayBuffer()));
  }
  return whole.digest();
}

/** Returns the SHA-256 of the whole file, which the finished upload's must equal. @throws PareidoliaError */
export async function sendParts(
  connection: Connection,
  upload: { readonly id: string; readonly arrived: ArrivedParts },
  file: Blob,
  { signal, onProgress }: PartsOptions,
): Promise<string> {
  const whole = files.createSha256();
  const { partBytes, partCount, sha256s } = upload.arrived;
  for (let index = 0; index < partCount; index += 1) {
    const bytes = new Uint8Array(await file.slice(index * partBytes, (index + 1) * partBytes).arrayBuffer());
    const sha256 = hashOf(bytes);
    whole.update(bytes);
    if (sha256s[index] !== sha256) {
      const address = new URL(`${addressOf(connection, upload.id).pathname}/${index}?sha256=${sha256}`, connection.url);
      const headers = { "content-type": "application/octet-stream" };
      const options = { method: "POST", headers, body: bytes, signal, timeoutSeconds: null } as const;
      await withRetries({ retries: connection.retries, mayHappenTwice: true, throttle: null, signal }, () =>
        request(connection, address, options, (response) => readJson<unknown>(response)),
      );
    }
    onProgress?.((index + 1) / partCount);
  }
  return whole.digest();
}
