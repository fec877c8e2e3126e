/** Authentication without accounts: everyone who reaches the API is the owner of the local workspace. Only PAREIDOLIA_SINGLE_USER turns it on. */
import type { Actor } from "@pareidolia/core/actor";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspaces/localWorkspace";
import type { Authenticate } from "./authenticate.ts";

const localActor: Actor = { userId: localUserId, workspaceId: localWorkspaceId, role: "OWNER" };

export const authenticateSingleUser: Authenticate = () => Promise.resolve(localActor);
