/**
 * Sends a large file in parts. After a lost connection it waits and resumes by itself. After a reload, the user chooses the file again, and
 * the upload with its name and size resumes; hashes show which parts have arrived intact.
 */

import { addressOnPage } from "../addresses/pageAddress.ts";
import { noAnswerMessage } from "../marks/noAnswer.ts";
import { refusalIn, unlessUnanswered } from "../marks/refusalOf.ts";

/** Smaller files are sent in one request. */
export const multipartThreshold = 16 * 1024 * 1024;

export interface ArrivedParts {
  readonly partBytes: number;
  readonly partCount: number;
  /** Hashes of the parts that have arrived, in order. */
  readonly sha256s: readonly string[];
}

export interface PartsOptions {
  /** Called with the share that has arrived, from 0 to 1. */
  onProgress(share: number): void;
  /** Called with the reason why the upload is waiting, or null once it resumes. */
  onWaiting?(problem: string | null): void;
  readonly signal: AbortSignal;
}

const shortestPause = 1_000;
const maxPause = 15_000;
/** Temporary errors that are not about the file: the API, or a proxy in front of it, is busy, starting or unreachable. */
export const passing: ReadonlySet<number> = new Set([429, 502, 503, 504]);

const addressOf = (uploadId: string): string => addressOnPage(`/uploads/${uploadId}/parts`);

/** Null for an upload that this member cannot continue. */
export async function findArrived(uploadId: string, signal: AbortSignal): Promise<ArrivedParts | null> {
  const response = await fetch(addressOf(uploadId), { signal });
  return response.ok ? ((await response.json()) as ArrivedParts) : null;
}

/** SHA-256 in hexadecimal; null on pages without HTTPS, where browsers cannot hash. */
async function hashOf(bytes: ArrayBuffer): Promise<string | null> {
  if (globalThis.crypto?.subtle === undefined) return null;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function refusalOf(response: Response): Promise<string> {
  return refusalIn(await response.text()) ?? `The upload failed with status ${response.status}.`;
}

/** Ends early if the browser comes back online. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
}

/** Retries until the part has arrived, the API refuses it, or the signal aborts. */
async function sendPart(address: string, bytes: ArrayBuffer, { onWaiting, signal }: PartsOptions): Promise<void> {
  for (let wait = shortestPause; ; wait = Math.min(maxPause, 2 * wait)) {
    signal.throwIfAborted();
    const headers = { "content-type": "application/octet-stream" };
    const response = await unlessUnanswered(fetch(address, { method: "POST", headers, body: bytes, signal }));
    signal.throwIfAborted();
    if (response?.ok) return onWaiting?.(null);
    if (response !== null && !passing.has(response.status)) throw new Error(await refusalOf(response));
    onWaiting?.(response === null ? noAnswerMessage() : await refusalOf(response));
    await pause(wait, signal);
  }
}

/** @throws Error with a message for the user, or the signal's abort reason. */
export async function sendParts(
  { id, arrived }: { readonly id: string; readonly arrived: ArrivedParts },
  file: File,
  options: PartsOptions,
): Promise<void> {
  const { partBytes, partCount, sha256s } = arrived;
  for (let index = 0; index < partCount; index++) {
    const bytes = await file.slice(index * partBytes, (index + 1) * partBytes).arrayBuffer();
    const sha256 = await hashOf(bytes);
    const isThere = sha256 === null ? index < sha256s.length : sha256s[index] === sha256;
    const query = sha256 === null ? "" : `?sha256=${sha256}`;
    if (!isThere) await sendPart(`${addressOf(id)}/${index}${query}`, bytes, options);
    options.onProgress((index + 1) / partCount);
  }
}
