/** API module for changes to workspaces. The viewer's module reads them. */
import type { NounModule } from "../assembly/nounModule.ts";
import { accountHolders, owners } from "../policy/actions.ts";
import { WorkspaceChangeResolver } from "./workspace.resolver.ts";
import { WorkspaceService } from "./workspace.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly workspaces: WorkspaceService;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions | keyof typeof accountActions, unknown> {}
  interface AccountActions extends Record<keyof typeof accountActions, unknown> {}
}

const actions = { "workspace:rename": owners, "workspace:transfer": owners, "workspace:delete": owners };

/** The workspace of these is not the current one, so they do not depend on the role there. */
const accountActions = {
  "workspace:create": accountHolders,
  "workspace:switch": accountHolders,
  "workspace:restore": accountHolders,
} as const;

export const workspaceModule: NounModule = {
  resolvers: [WorkspaceChangeResolver],
  actions: { ...actions, ...accountActions },
  services: {
    workspaces: ({ database, publicUrl }) => new WorkspaceService({ database, publicUrl }),
  },
};
