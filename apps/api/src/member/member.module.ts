/** API module for members of a workspace. */

import type { MemberRecord } from "@pareidolia/persistence/workspace/members/members";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { owners, readers } from "../policy/actions.ts";
import { MemberResolver } from "./member.resolver.ts";
import { MemberService } from "./member.service.ts";
import { memberConnection } from "./member.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly members: MemberService;
  }
  interface Loaders {
    readonly member: Load<MemberRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Member: MemberRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = {
  "member:read": readers,
  "member:inspect": owners,
  "member:changeRole": owners,
  "member:suspend": owners,
  "member:restore": owners,
  "member:remove": owners,
  "member:undoRemove": owners,
  "member:leave": readers,
};

export const memberModule: NounModule = {
  resolvers: [MemberResolver, memberConnection.resolver],
  actions,
  services: {
    members: ({ database }) => new MemberService(database),
  },
  loaders: {
    member: ({ actor, services }) => new DataLoader((ids) => services.members.load(actor, ids)),
  },
  nodes: {
    Member: { byId: ({ member }) => member },
  },
};
