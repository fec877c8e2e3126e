/** Addresses of the web application's pages, in the workspace of the command's key. */
import { workspaceAddress } from "@pareidolia/core/workspaceAddress";
import type { Context } from "./context.ts";
import { type OwnWorkspaces, ownWorkspaces } from "./documents.ts";

/** @param path Of the page within the workspace, such as /runs/RUN-2. If the API does not answer, that is the address: it leads there, too. */
export async function pageAddress({ client, access, terminal }: Context, path: string): Promise<string> {
  const answer = await client.query<OwnWorkspaces>(ownWorkspaces, {}, { signal: terminal.signal }).catch(() => null);
  const slug = answer?.viewer.workspaces.find(({ isCurrent }) => isCurrent)?.slug;
  return new URL(slug === undefined ? path : workspaceAddress(slug, path), access.url).href;
}
