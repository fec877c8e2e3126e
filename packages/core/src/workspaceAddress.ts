/** Addresses that name their workspace, of pages and of the API: `/w/lab/runs/RUN-2`. No other code builds or reads them. */

/** Of the only workspace of an installation for a single user. */
export const localWorkspaceSlug = "local";

/** The segments `/w` and slug, and what follows. Slugs have lower-case letters, digits and hyphens. */
const form = /^\/w\/([a-z0-9][a-z0-9-]{0,79})(?=[/?#]|$)(.*)$/s;

export interface WorkspaceAddress {
  /** Null if the address names no workspace. */
  readonly slug: string | null;
  /** The address within the workspace, such as `/runs/RUN-2`. */
  readonly path: string;
}

export function readWorkspaceAddress(address: string): WorkspaceAddress {
  const found = form.exec(address);
  if (found === null) return { slug: null, path: address };
  const [, slug = null, rest = ""] = found;
  return { slug, path: rest.startsWith("/") ? rest : `/${rest}` };
}

/** @param path The address within the workspace; an address that names a workspace stays as it is. */
export function workspaceAddress(slug: string, path: string): string {
  if (readWorkspaceAddress(path).slug !== null) return path;
  return `/w/${slug}${/^\/(?=[?#]|$)/.test(path) ? path.slice(1) : path}`;
}
