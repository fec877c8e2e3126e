/** How `next start` serves the web application. */

/**
 * Idle connections stay open longer than proxies keep them, as in the API: a request that a proxy or program sends while the server closes
 * its connection fails. Next's default is 5 s.
 */
const keepAliveMilliseconds = 75_000;

/** @param port 0 for any free one. */
export function webArguments(port: number): readonly string[] {
  return ["start", "--hostname", "127.0.0.1", "--port", String(port), "--keepAliveTimeout", String(keepAliveMilliseconds)];
}
