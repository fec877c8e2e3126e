/**
 * Decides how a page request is answered: with its page, another page, or a redirect. Pages without a session lead to the sign-in page,
 * without a workspace to the page that offers one, and short addresses, such as `/runs/RUN-2`, into a workspace.
 */
import { readWorkspaceAddress, workspaceAddress } from "@pareidolia/core/workspaceAddress";
import { globalIdOf, namedObjects } from "../features/addresses/namedObjects.ts";
import { isOpenPage, isOutsidePage } from "../features/addresses/openPages.ts";
import { readNextPath, signInAddress } from "../features/entrance/nextPath.ts";
import { findOwners, mayRead } from "./findOwners.ts";
import { findSession, noteWorkspace, type OwnWorkspace } from "./findSession.ts";

export interface PageRequest {
  readonly pathname: string;
  /** The query with its question mark; empty without. */
  readonly search: string;
  readonly cookie: string | null;
  /** False if the browser only loads a page in advance. */
  readonly isOpened: boolean;
}

/** The page at the address, another one at the same address, or another address. */
export type Place =
  | { readonly kind: "page" }
  | { readonly kind: "rewrite"; readonly to: string }
  | { readonly kind: "redirect"; readonly to: string };

const asRequested: Place = { kind: "page" };

/** The only page for a user who is a member of no workspace. */
const noWorkspacePage = "/no-workspace";
const noSuchWorkspacePage = "/no-such-workspace";

/** The page that lists workspaces for a short address: the given ones, or all if it is unknown which have the page. */
function choiceOf(page: string, among: readonly string[] | null): string {
  return `/which-workspace?${new URLSearchParams({ page, ...(among === null ? {} : { among: among.join(",") }) })}`;
}

/** The page of another workspace's public result, in a workspace of the reader. */
async function findShared({ pathname, search, cookie }: PageRequest, workspaces: readonly OwnWorkspace[]): Promise<Place> {
  const { path } = readWorkspaceAddress(pathname);
  const id = globalIdOf(path);
  const own = workspaces.find(({ isLast }) => isLast) ?? workspaces[0];
  if (id === null || own === undefined) return { kind: "rewrite", to: noSuchWorkspacePage };
  const isReadable = await mayRead(own.slug, id, cookie).catch(() => false);
  return !isReadable
    ? { kind: "rewrite", to: noSuchWorkspacePage }
    : { kind: "redirect", to: workspaceAddress(own.slug, `${path}${search}`) };
}

export async function findPlace(request: PageRequest): Promise<Place> {
  const { pathname, search, cookie } = request;
  const { slug } = readWorkspaceAddress(pathname);
  const isSignIn = pathname === "/sign-in";
  if (isOpenPage(pathname) && !isSignIn) return asRequested;
  const session = await findSession(cookie);
  if (session.state === "unknown")
    return slug !== null || isOutsidePage(pathname) ? asRequested : { kind: "rewrite", to: choiceOf(`${pathname}${search}`, null) };
  if (session.state === "none") return isSignIn ? asRequested : { kind: "redirect", to: signInAddress(`${pathname}${search}`) };
  const { workspaces } = session;
  const [first] = workspaces;
  if (first === undefined) return pathname === noWorkspacePage ? asRequested : { kind: "redirect", to: noWorkspacePage };
  if (isSignIn) return { kind: "redirect", to: readNextPath(new URLSearchParams(search).get("next")) };
  if (pathname === noWorkspacePage) return { kind: "redirect", to: "/" };
  if (slug !== null) {
    const opened = workspaces.find((workspace) => workspace.slug === slug);
    if (opened === undefined) return findShared(request, workspaces);
    if (!opened.isLast && request.isOpened) await noteWorkspace(opened, cookie);
    return asRequested;
  }
  if (isOutsidePage(pathname)) return asRequested;
  if (/^\/w(\/|$)/.test(pathname)) return { kind: "rewrite", to: noSuchWorkspacePage };
  const page = `${pathname}${search}`;
  const { slug: last } = workspaces.find(({ isLast }) => isLast) ?? first;
  const objects = workspaces.length === 1 ? [] : namedObjects(pathname, search);
  if (objects.length === 0) return { kind: "redirect", to: workspaceAddress(last, page) };
  const owners = await findOwners(
    workspaces.map((workspace) => workspace.slug),
    objects,
    cookie,
  ).catch(() => null);
  if (owners === null || owners.length > 1) return { kind: "rewrite", to: choiceOf(page, owners) };
  // The page of a workspace without the objects says so.
  return { kind: "redirect", to: workspaceAddress(owners[0] ?? last, page) };
}
