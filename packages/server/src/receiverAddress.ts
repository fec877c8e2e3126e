/** Which addresses webhooks may have, as far as the address itself tells. Names are resolved and checked with every delivery. */
import { isIP } from "node:net";
import { isLoopbackAddress, isPublicAddress } from "./publicAddress.ts";

export const notPublic = "The address is not a host on the public internet.";

/** Names that never resolve outside one's own network (RFC 6761, RFC 6762, and ICANN's reservation of .internal). */
const localNames = /(^|\.)(localhost|local|internal)\.?$/;

function isLocalName(host: string): boolean {
  return localNames.test(host) || !host.replace(/\.$/, "").includes(".");
}

/**
 * A sentence; null for an address that may be used.
 * @param allowLoopback allows http, and this machine.
 */
export function refuseReceiver(url: URL, allowLoopback: boolean): string | null {
  if (url.protocol !== "https:" && !(allowLoopback && url.protocol === "http:")) return "Only https is allowed.";
  if (url.username !== "" || url.password !== "") return "The address contains a user name or password.";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) === 0) return isLocalName(host) && !allowLoopback ? notPublic : null;
  if (isLoopbackAddress(host)) return allowLoopback ? null : notPublic;
  return isPublicAddress(host) ? null : notPublic;
}
