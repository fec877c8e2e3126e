/** API module for diversity. */
import type { NounModule } from "../assembly/nounModule.ts";
import { readers } from "../policy/actions.ts";
import { DiversityResolver } from "./diversity.resolver.ts";
import { DiversityService } from "./diversity.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly diversity: DiversityService;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "diversity:read": readers };

export const diversityModule: NounModule = {
  resolvers: [DiversityResolver],
  actions,
  services: {
    diversity: ({ database, objectStore, services }) => new DiversityService({ database, objectStore, selection: services.runSelection }),
  },
};
