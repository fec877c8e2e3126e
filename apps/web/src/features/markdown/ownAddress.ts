/** Where links and images in members' Markdown may lead. A reader's browser requests images as the reader. */

import { readWorkspaceAddress } from "@pareidolia/core/workspaceAddress";

const imagePaths = ["/images/", "/contact-sheets/"];

/** Whether the address belongs to this server: a path, and no address without a protocol such as //host/path. */
export function isLocal(address: string): boolean {
  return /^\/(?![/\\])/u.test(address);
}

/** The path of an address of this server, which opens in place; every other address as it is. */
export function toLocal(address: string, origin = typeof location === "undefined" ? null : location.origin): string {
  return origin !== null && address.startsWith(`${origin}/`) ? address.slice(origin.length) : address;
}

/** Whether it is one of this server's images. Reading another path may have effects: each export of the audit log is logged. */
export function isOwnImage(address: string): boolean {
  const base = "http://server.invalid";
  if (!isLocal(address) || !URL.canParse(address, base)) return false;
  // Without . and .. in any form.
  const { origin, pathname } = new URL(address, base);
  return origin === base && imagePaths.some((path) => readWorkspaceAddress(pathname).path.startsWith(path));
}
