/** Fetches a model from an address that somebody gave, bounded in bytes and time. What comes is as hostile as an upload. */
import { AppError } from "@pareidolia/core/appError";
import { type GuardOptions, guardedRequest } from "../files/guardedRequest.ts";

export interface FetchModelOptions extends Omit<GuardOptions, "headers"> {
  readonly maximumBytes?: number;
  /** In all, redirects included. */
  readonly seconds?: number;
  readonly onProgress?: (received: number, total: number | null) => void;
}

const defaultMaximum = 600 * 2 ** 20;
const defaultSeconds = 600;

/** @throws AppError FORBIDDEN for a private or unsafe address, INVALID_INPUT for too large a file, UNAVAILABLE when nothing comes. */
export async function fetchModel(address: string, options: FetchModelOptions = {}): Promise<Uint8Array> {
  const { maximumBytes = defaultMaximum, seconds = defaultSeconds, signal } = options;
  const late = AbortSignal.timeout(seconds * 1000);
  try {
    return await receive(address, { ...options, maximumBytes, signal: signal === undefined ? late : AbortSignal.any([signal, late]) });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    signal?.throwIfAborted();
    if (late.aborted)
      throw new AppError("UNAVAILABLE", `The model did not arrive within ${seconds} seconds. Try again, or upload its file.`, { cause });
    throw new AppError("UNAVAILABLE", "The model's server does not answer as it should. Check the address, or upload the file.", { cause });
  }
}

async function receive(address: string, options: FetchModelOptions & { readonly maximumBytes: number }): Promise<Uint8Array> {
  const { maximumBytes, onProgress } = options;
  const response = await guardedRequest(address, options);
  try {
    if (response.statusCode !== 200)
      throw new AppError("UNAVAILABLE", `The model's server answered ${response.statusCode}. Check the address.`);
    if ((response.headers["content-encoding"] ?? "identity") !== "identity")
      throw new AppError("INVALID_INPUT", "The model's server sends it compressed, though it was asked not to.");
    const declared = Number(response.headers["content-length"] ?? Number.NaN);
    const total = Number.isSafeInteger(declared) ? declared : null;
    const tooLarge = (): AppError =>
      new AppError("INVALID_INPUT", `This model has more than ${maximumBytes} bytes, and no more are taken.`);
    if (total !== null && total > maximumBytes) throw tooLarge();
    const chunks: Buffer[] = [];
    let received = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      received += chunk.length;
      if (received > maximumBytes) throw tooLarge();
      chunks.push(chunk);
      onProgress?.(received, total);
    }
    if (!response.complete) throw new AppError("UNAVAILABLE", "The connection ended in the middle of the model. Try again.");
    return new Uint8Array(Buffer.concat(chunks));
  } finally {
    response.destroy();
  }
}
