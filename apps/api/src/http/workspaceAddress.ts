/**
 * The workspace of a request is part of its address: `/w/lab/graphql`, `/w/lab/images/…`, for each route and for WebSockets. Routes see the
 * address without it, and `authenticate` reads it once, from a header that no client can send. An address without a workspace means that
 * of the API key, or the one that the session used last.
 */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Actor } from "@pareidolia/core/actor";
import { readWorkspaceAddress, workspaceAddress } from "@pareidolia/core/workspaceAddress";

const header = "x-pareidolia-workspace";

/** Moves the workspace from the request's address to the header. Call it before anything else reads the address. */
export function takeWorkspace(request: Pick<IncomingMessage, "headers" | "url">): void {
  delete request.headers[header];
  const { slug, path } = readWorkspaceAddress(request.url ?? "");
  if (slug === null) return;
  request.headers[header] = slug;
  request.url = path;
}

/** The slug of the workspace that the request's address names; null if it names none. */
export function readWorkspace(headers: IncomingHttpHeaders): string | null {
  const slug = headers[header];
  return typeof slug === "string" ? slug : null;
}

/** The address of a file for the actor: in the workspace that the request's own address names. One on another server stays as it is. */
export function addressFor({ workspaceSlug }: Actor, address: string): string {
  return workspaceSlug === undefined || !address.startsWith("/") ? address : workspaceAddress(workspaceSlug, address);
}
