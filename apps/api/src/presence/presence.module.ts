/** API module for who has a page open. */
import type { NounModule } from "../assembly/nounModule.ts";
import { readers } from "../policy/actions.ts";
import { PresenceResolver } from "./presence.resolver.ts";
import { PresenceService } from "./presence.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly presence: PresenceService;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "presence:read": readers };

export const presenceModule: NounModule = {
  resolvers: [PresenceResolver],
  actions,
  services: {
    presence: ({ database, logger, presenceChanges, services: { experiments, runs, sweeps } }) =>
      new PresenceService({ database, logger, changes: presenceChanges, experiments, runs, sweeps }),
  },
};
