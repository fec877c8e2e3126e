/**
 * Checks with the API whether a request has a session that opens a workspace, before a page is sent. In single-user mode every request has
 * one. If the API does not answer, the page is sent: it contains no data itself, and says that the API is down.
 */
import { findRefusedAccess } from "../features/session/refusedAccess.ts";
import { SessionDocument } from "../graphql/generated/graphql.ts";
import { askApi } from "./askApi.ts";

interface SessionResponse {
  readonly data?: { readonly viewer: unknown } | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** "noWorkspace": signed in, but a member of no workspace, or suspended in each. */
export type SessionState = "open" | "noWorkspace" | "none" | "unknown";

export async function findSession(cookie: string | null): Promise<SessionState> {
  // The API decides by the same setting; knowing it saves the request.
  if (["on", "1"].includes(process.env["PAREIDOLIA_SINGLE_USER"] ?? "")) return "open";
  try {
    const response = await askApi(SessionDocument, {}, cookie === null ? {} : { headers: { cookie } });
    const { data, errors } = (await response.json()) as SessionResponse;
    const refused = findRefusedAccess(errors);
    if (refused !== undefined) return refused.extensions?.code === "NO_WORKSPACE" ? "noWorkspace" : "none";
    return data?.viewer == null ? "unknown" : "open";
  } catch {
    return "unknown";
  }
}
