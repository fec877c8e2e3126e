/** API module for runs' events. */
import type { NounModule } from "../assembly/nounModule.ts";
import { readers } from "../policy/actions.ts";
import { RunEventResolver } from "./runEvent.resolver.ts";
import { RunEventService } from "./runEvent.service.ts";
import { runEventConnection } from "./runEvent.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly runEvents: RunEventService;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

/** Visitors read shared runs, but see no events. */
const actions = {
  "runEvent:read": readers,
};

export const runEventModule: NounModule = {
  resolvers: [RunEventResolver, runEventConnection.resolver],
  actions,
  services: {
    runEvents: ({ database, feed, services }) => new RunEventService({ database, feed, runs: services.runs }),
  },
};
