/** API module for what changes in a workspace. */
import type { NounModule } from "../assembly/nounModule.ts";
import { readers } from "../policy/actions.ts";
import { ChangeSeqResolver, WorkspaceChangeResolver } from "./workspaceChange.resolver.ts";
import { WorkspaceChangeService } from "./workspaceChange.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly workspaceChanges: WorkspaceChangeService;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "workspaceChange:read": readers };

export const workspaceChangeModule: NounModule = {
  resolvers: [WorkspaceChangeResolver, ChangeSeqResolver],
  actions,
  services: { workspaceChanges: ({ database, workspaceChanges: changes }) => new WorkspaceChangeService({ database, changes }) },
};
