/**
 * Checks with the API which workspaces a request's session opens, before a page is sent. In single-user mode every request opens the local
 * one. If the API does not answer, the page is sent: it contains no data itself, and says that the API is down.
 */
import { localWorkspaceSlug } from "@pareidolia/core/workspaceAddress";
import { findRefusedAccess } from "../features/session/refusedAccess.ts";
import { SessionDocument, type SessionQuery, SwitchWorkspaceDocument } from "../graphql/generated/graphql.ts";
import { askApi } from "./askApi.ts";

interface SessionResponse {
  readonly data?: SessionQuery | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

export interface OwnWorkspace {
  readonly id: string;
  readonly slug: string;
  /** Whether the session used it last. Addresses without a workspace lead there. */
  readonly isLast: boolean;
}

/** No workspaces for a user who is signed in, but a member of none, or suspended in each. */
export type Session =
  | { readonly state: "open"; readonly workspaces: readonly OwnWorkspace[] }
  | { readonly state: "none" }
  | { readonly state: "unknown" };

const local: Session = { state: "open", workspaces: [{ id: "", slug: localWorkspaceSlug, isLast: true }] };

export async function findSession(cookie: string | null): Promise<Session> {
  // The API decides by the same setting; knowing it saves the request.
  if (["on", "1"].includes(process.env["PAREIDOLIA_SINGLE_USER"] ?? "")) return local;
  try {
    const response = await askApi(SessionDocument, {}, cookie === null ? {} : { headers: { cookie } });
    const { data, errors } = (await response.json()) as SessionResponse;
    if (findRefusedAccess(errors) !== undefined) return { state: "none" };
    if (data == null) return { state: "unknown" };
    const present = data.viewer.workspaces.filter(({ deletedAt }) => deletedAt == null);
    return { state: "open", workspaces: present.map(({ workspaceId, slug, isCurrent }) => ({ id: workspaceId, slug, isLast: isCurrent })) };
  } catch {
    return { state: "unknown" };
  }
}

/** Tells the API which workspace the session uses now. If it does not answer, addresses without a workspace lead to the one before. */
export async function noteWorkspace({ id }: OwnWorkspace, cookie: string | null): Promise<void> {
  await askApi(SwitchWorkspaceDocument, { workspaceId: id }, cookie === null ? {} : { headers: { cookie } }).catch(() => undefined);
}
