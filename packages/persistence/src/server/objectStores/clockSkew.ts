/**
 * Measures the difference between this machine's clock and an S3 server's. S3 rejects requests signed with a wrong time, but its response
 * to a HEAD request has no body, so the cause looks like wrong keys. The server's Date header distinguishes the two.
 */
const maxMinutes = 15;
const timeout = 5_000;

/** Minutes, positive if this machine is ahead; null within S3's limit, or if the server sends no date. */
export async function findClockSkew(endpoint: string): Promise<number | null> {
  try {
    const { headers } = await fetch(endpoint, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(timeout) });
    const minutes = (Date.now() - Date.parse(headers.get("date") ?? "")) / 60_000;
    return Math.abs(minutes) >= maxMinutes ? Math.round(minutes) : null;
  } catch {
    return null;
  }
}
