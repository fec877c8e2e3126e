/** API module for users and workspaces. */
import type { UserRecord, WorkspaceCounts, WorkspaceRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { accountHolders, readers } from "../policy/actions.ts";
import { UserResolver, ViewerResolver, WorkspaceResolver } from "./viewer.resolver.ts";
import { ViewerService } from "./viewer.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly viewer: ViewerService;
  }
  interface Loaders {
    readonly user: Load<UserRecord | null>;
    readonly workspace: Load<WorkspaceRecord | null>;
    readonly holdings: Load<WorkspaceCounts>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly User: UserRecord;
    readonly Workspace: WorkspaceRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions | "viewer:read", unknown> {}
  interface AccountActions extends Record<"viewer:read", unknown> {}
}

const actions = { "workspace:read": readers, "user:read": readers };

export const viewerModule: NounModule = {
  resolvers: [UserResolver, ViewerResolver, WorkspaceResolver],
  actions: { ...actions, "viewer:read": accountHolders },
  services: {
    viewer: ({ database }) => new ViewerService(database),
  },
  loaders: {
    user: ({ actor, services }) => new DataLoader((ids) => services.viewer.loadUsers(actor, ids)),
    workspace: ({ actor, services }) => new DataLoader((ids) => services.viewer.loadWorkspaces(actor, ids)),
    holdings: ({ actor, services }) => new DataLoader((ids) => services.viewer.loadHoldings(actor, ids)),
  },
  nodes: {
    User: { byId: ({ user }) => user },
    Workspace: { byId: ({ workspace }) => workspace },
  },
};
