/** API module for the viewer's sessions. */
import type { SessionRecord } from "@pareidolia/persistence/access/accounts/sessions";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { accountHolders } from "../policy/actions.ts";
import { SessionResolver, ViewerSessionsResolver } from "./session.resolver.ts";
import { SessionService } from "./session.service.ts";
import { sessionConnection } from "./session.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly sessions: SessionService;
  }
  interface Loaders {
    readonly session: Load<SessionRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Session: SessionRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
  interface AccountActions extends Record<keyof typeof actions, unknown> {}
}

/** Users see only their own sessions. */
const actions = { "session:read": accountHolders, "session:revoke": accountHolders };

export const sessionModule: NounModule = {
  resolvers: [ViewerSessionsResolver, SessionResolver, sessionConnection.resolver],
  actions,
  services: {
    sessions: ({ database }) => new SessionService(database),
  },
  loaders: {
    session: ({ actor, services }) => new DataLoader((ids) => services.sessions.load(actor, ids)),
  },
  nodes: {
    Session: { byId: ({ session }) => session },
  },
};
