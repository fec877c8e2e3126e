/** Where a browser reaches this application, for addresses that other programs read. */
import { headers } from "next/headers";

/** A reverse proxy names its scheme. `proxy.ts` has checked the host. */
export async function readOrigin(): Promise<string> {
  const sent = await headers();
  const scheme = sent.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https" ? "https" : "http";
  return `${scheme}://${sent.get("host") ?? "localhost"}`;
}
