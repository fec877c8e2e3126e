/** API module for runs' events. */
import type { NounModule } from "../assembly/nounModule.ts";
import { RunEventResolver } from "./runEvent.resolver.ts";
import { RunEventService } from "./runEvent.service.ts";
import { runEventConnection } from "./runEvent.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly runEvents: RunEventService;
  }
}

export const runEventModule: NounModule = {
  resolvers: [RunEventResolver, runEventConnection.resolver],
  services: {
    runEvents: ({ database, feed, services }) => new RunEventService({ database, feed, runs: services.runs }),
  },
};
