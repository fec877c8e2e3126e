/**
 * Addresses within the workspace of a page. Pages write them without it, as in `/runs/RUN-2`, and every link, request and navigation adds it
 * here. A document stays in one workspace: the address of another one loads a new document.
 */
import { readWorkspaceAddress, workspaceAddress } from "@pareidolia/core/workspaceAddress";
import { isOutsidePage } from "./openPages.ts";

/** The address in the workspace. Pages outside of workspaces, other addresses with a workspace and relative ones stay as they are. */
export function addressIn(slug: string | null, address: string): string {
  if (slug === null || !/^\/(?!\/)/.test(address)) return address;
  return isOutsidePage(address.replace(/[?#].*$/s, "")) ? address : workspaceAddress(slug, address);
}

/** Whether a page in this workspace, or outside if it is null, can show the address without a new document. */
export function isInPlace(slug: string | null, address: string): boolean {
  if (!address.startsWith("/")) return true;
  const named = readWorkspaceAddress(address).slug;
  return named === slug && (named !== null || isOutsidePage(address.replace(/[?#].*$/s, "")));
}

/** The workspace of the browser's present page; null outside of workspaces and of browsers. */
function slugOfPage(): string | null {
  return typeof location === "undefined" ? null : readWorkspaceAddress(location.pathname).slug;
}

/** The address in the workspace of the browser's present page, for requests. Components use `useAddress`. */
export function addressOnPage(address: string): string {
  return addressIn(slugOfPage(), address);
}
