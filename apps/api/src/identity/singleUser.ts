/** Authentication without accounts: every client is the owner of the local workspace. Requires PAREIDOLIA_SINGLE_USER=1. */
import type { MemberActor } from "@pareidolia/core/actor";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspaces/localWorkspace";
import type { Authenticate } from "./authenticate.ts";

const localActor: MemberActor = { userId: localUserId, workspaceId: localWorkspaceId, role: "OWNER" };

export const authenticateSingleUser: Authenticate = async ({ clientAddress }) => ({ ...localActor, clientAddress });
