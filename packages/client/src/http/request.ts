/** One HTTP request of the client, with its time limit and the errors of the network as PareidoliaErrors. */
import { PareidoliaError } from "../pareidoliaError.ts";
import { type Connection, headersFor } from "./connection.ts";

interface RequestOptions {
  readonly method: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyInit;
  readonly signal?: AbortSignal | undefined;
  /** Until the answer begins. Default: that of the connection; null for none. */
  readonly timeoutSeconds?: number | null;
}

/** The network's reason for the error, which fetch hides in its cause. */
function reasonOf(error: unknown): string {
  const { message = "", cause } = (error ?? {}) as {
    readonly message?: string;
    readonly cause?: { readonly message?: string; readonly code?: string };
  };
  return cause?.message || cause?.code || message || "unknown reason";
}

export function lostConnection(address: URL, error: unknown): PareidoliaError {
  return new PareidoliaError("NETWORK", `The connection to ${address.host} failed: ${reasonOf(error)}.`, { cause: error });
}

/** Sends a request and reads its answer with `read`. @throws PareidoliaError NETWORK or TIMEOUT, or the reason of `signal`. */
export async function request<Result>(
  connection: Connection,
  address: URL,
  { method, headers = {}, body, signal, timeoutSeconds = connection.timeoutSeconds }: RequestOptions,
  read: (response: Response) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  const limit = new AbortController();
  const timer = timeoutSeconds === null ? undefined : setTimeout(() => limit.abort(), timeoutSeconds * 1_000);
  try {
    const response = await connection.fetch(address, {
      method,
      headers: { ...headersFor(connection, address), ...headers },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.any([limit.signal, ...(signal === undefined ? [] : [signal])]),
    });
    return await read(response);
  } catch (error) {
    if (error instanceof PareidoliaError) throw error;
    signal?.throwIfAborted();
    if (limit.signal.aborted)
      throw new PareidoliaError("TIMEOUT", `${address.host} did not answer within ${timeoutSeconds} seconds.`, { cause: error });
    throw lostConnection(address, error);
  } finally {
    clearTimeout(timer);
  }
}
