/**
 * How far this machine's clock is off an S3 server's. S3 refuses requests signed with a wrong time, but its refusal of a HEAD request
 * has no body and looks like a refusal of the keys. The server's Date header tells them apart.
 */
const mostMinutes = 15;
const patience = 5_000;

/** In minutes, positive where this machine is ahead; null within S3's limit, or where the server sends no date. */
export async function findClockSkew(endpoint: string): Promise<number | null> {
  try {
    const { headers } = await fetch(endpoint, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(patience) });
    const minutes = (Date.now() - Date.parse(headers.get("date") ?? "")) / 60_000;
    return Math.abs(minutes) >= mostMinutes ? Math.round(minutes) : null;
  } catch {
    return null;
  }
}
