/**
 * `fetch` that gives up on an API that accepts requests and never answers. A browser opens only a few connections to one host, so hanging
 * requests would keep pages from loading too.
 */

/** Longer than the API itself allows any request to take. */
const longestWait = 25_000;

export async function fetchInTime(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), longestWait);
  try {
    return await fetch(input, { ...init, signal: AbortSignal.any([late.signal, ...(init.signal ? [init.signal] : [])]) });
  } catch (cause) {
    if (late.signal.aborted) throw new Error(`The API did not answer within ${longestWait / 1000} s.`, { cause });
    throw cause;
  } finally {
    clearTimeout(timer);
  }
}
