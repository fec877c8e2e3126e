/**
 * Checks with the API which workspaces a request's session opens, before a page is sent. In single-user mode every request opens the local
 * one. If the API does not answer, the page is sent: it contains no data itself, and says that the API is down.
 */
import { localWorkspaceSlug } from "@pareidolia/core/workspaceAddress";
import { findRefusedAccess } from "../features/session/refusedAccess.ts";
import { SessionDocument, type SessionQuery } from "../graphql/generated/graphql.ts";
import { askApi } from "./askApi.ts";

interface SessionResponse {
  readonly data?: SessionQuery | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Slugs of workspaces: none for a user who is signed in, but a member of no workspace, or suspended in each. */
export type Session =
  | { readonly state: "open"; readonly workspaces: readonly string[] }
  | { readonly state: "none" }
  | { readonly state: "unknown" };

export async function findSession(cookie: string | null): Promise<Session> {
  // The API decides by the same setting; knowing it saves the request.
  if (["on", "1"].includes(process.env["PAREIDOLIA_SINGLE_USER"] ?? "")) return { state: "open", workspaces: [localWorkspaceSlug] };
  try {
    const response = await askApi(SessionDocument, {}, cookie === null ? {} : { headers: { cookie } });
    const { data, errors } = (await response.json()) as SessionResponse;
    if (findRefusedAccess(errors) !== undefined) return { state: "none" };
    if (data == null) return { state: "unknown" };
    const present = data.viewer.workspaces.filter(({ deletedAt }) => deletedAt == null);
    return { state: "open", workspaces: present.map(({ slug }) => slug) };
  } catch {
    return { state: "unknown" };
  }
}
