/** Downloads a model from a user's URL, with limits on size and time. The result is as untrusted as an upload. */
import { AppError } from "@pareidolia/core/appError";
import { type GuardOptions, guardedRequest } from "../files/guardedRequest.ts";

export interface FetchModelOptions extends Omit<GuardOptions, "headers"> {
  readonly maximumBytes?: number;
  /** In total, including redirects. */
  readonly seconds?: number;
  readonly onProgress?: (received: number, total: number | null) => void;
}

const defaultMaximumBytes = 600 * 2 ** 20;
const defaultSeconds = 600;

/**
 * @throws AppError FORBIDDEN for a private or unsafe address, INVALID_INPUT for a file that is too large, UNAVAILABLE if the download
 * fails.
 */
export async function fetchModel(address: string, options: FetchModelOptions = {}): Promise<Uint8Array> {
  const { maximumBytes = defaultMaximumBytes, seconds = defaultSeconds, signal } = options;
  const timeout = AbortSignal.timeout(seconds * 1000);
  try {
    return await receive(address, {
      ...options,
      maximumBytes,
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    signal?.throwIfAborted();
    if (timeout.aborted)
      throw new AppError("UNAVAILABLE", `The download did not finish within ${seconds} seconds. Try again, or upload the file.`, { cause });
    throw new AppError("UNAVAILABLE", "The model could not be downloaded. Check the address, or upload the file.", { cause });
  }
}

async function receive(address: string, options: FetchModelOptions & { readonly maximumBytes: number }): Promise<Uint8Array> {
  const { maximumBytes, onProgress } = options;
  const response = await guardedRequest(address, options);
  try {
    if (response.statusCode !== 200)
      throw new AppError("UNAVAILABLE", `The model's server answered ${response.statusCode}. Check the address.`);
    if ((response.headers["content-encoding"] ?? "identity") !== "identity")
      throw new AppError("INVALID_INPUT", "The server compressed the response against the request. Upload the file instead.");
    const declared = Number(response.headers["content-length"] ?? Number.NaN);
    const total = Number.isSafeInteger(declared) ? declared : null;
    const tooLarge = (): AppError => new AppError("INVALID_INPUT", `This model has more than ${maximumBytes} bytes, which is the limit.`);
    if (total !== null && total > maximumBytes) throw tooLarge();
    const chunks: Buffer[] = [];
    let received = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      received += chunk.length;
      if (received > maximumBytes) throw tooLarge();
      chunks.push(chunk);
      onProgress?.(received, total);
    }
    if (!response.complete) throw new AppError("UNAVAILABLE", "The connection closed before the download finished. Try again.");
    return new Uint8Array(Buffer.concat(chunks));
  } finally {
    response.destroy();
  }
}
