/** Where a browser reaches this application, for addresses that other programs read. */
import { headers } from "next/headers";
import { isHttps } from "./isHttps.ts";

/** `proxy.ts` has checked the host. */
export async function readOrigin(): Promise<string> {
  const sent = await headers();
  return `${isHttps(sent) ? "https" : "http"}://${sent.get("host") ?? "localhost"}`;
}
