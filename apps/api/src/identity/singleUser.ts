/** Authentication without accounts: every client is the owner of the local workspace. Requires PAREIDOLIA_SINGLE_USER=1. */
import type { MemberActor } from "@pareidolia/core/actor";
import { localWorkspaceSlug } from "@pareidolia/core/workspaceAddress";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { readWorkspace } from "../http/workspaceAddress.ts";
import type { Authenticate } from "./authenticate.ts";

const localActor: MemberActor = { userId: localUserId, workspaceId: localWorkspaceId, role: "OWNER" };

export const authenticateSingleUser: Authenticate = async ({ headers, clientAddress }) => {
  const slug = readWorkspace(headers);
  if (slug === null) return { ...localActor, clientAddress };
  const local = slug === localWorkspaceSlug ? localActor : ({ userId: localUserId, workspaceId: null, role: "GUEST" } as const);
  return { ...local, workspaceSlug: slug, clientAddress };
};
