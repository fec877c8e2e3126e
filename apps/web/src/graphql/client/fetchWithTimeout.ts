/**
 * `fetch` with a timeout, for an API that accepts requests and never answers. A browser opens only a few connections to one host, so
 * hanging requests would also block page loads.
 */

/** Longer than the API's own limit for a request. */
const timeoutMilliseconds = 25_000;

export async function fetchWithTimeout(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeoutMilliseconds);
  try {
    return await fetch(input, { ...init, signal: AbortSignal.any([timeout.signal, ...(init.signal ? [init.signal] : [])]) });
  } catch (cause) {
    if (timeout.signal.aborted) throw new Error(`The API did not answer within ${timeoutMilliseconds / 1000} s.`, { cause });
    throw cause;
  } finally {
    clearTimeout(timer);
  }
}
