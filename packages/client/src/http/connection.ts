/** What every request of a client needs: the address of the API, its headers, its timeout and its retries. */

import type { Throttle } from "./throttle.ts";

export interface Connection {
  readonly url: URL;
  readonly fetch: typeof fetch;
  readonly token: string | null;
  readonly userAgent: string | null;
  /** How often a request that failed for a temporary reason is sent again. */
  readonly retries: number;
  /** Shared by all operations. */
  readonly throttle: Throttle;
  /** How long to wait for an answer. */
  readonly timeoutSeconds: number;
}

/** Headers of a request to `address`; only the API itself gets the token. */
export function headersFor({ url, token, userAgent }: Connection, address: URL): Record<string, string> {
  return {
    ...(token === null || address.origin !== url.origin ? {} : { authorization: `Bearer ${token}` }),
    ...(userAgent === null ? {} : { "user-agent": userAgent }),
  };
}
