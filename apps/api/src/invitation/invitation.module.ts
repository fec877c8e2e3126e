/** API module for invitations. */

import type { InvitationRecord } from "@pareidolia/persistence/workspace/members/invitations";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { accountHolders, owners } from "../policy/actions.ts";
import { InvitationResolver } from "./invitation.resolver.ts";
import { InvitationService } from "./invitation.service.ts";
import { receivedInvitationConnection } from "./invitation.type.ts";
import { ReceivedInvitationResolver, ReceivedInvitationsResolver } from "./receivedInvitations.resolver.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly invitations: InvitationService;
  }
  interface Loaders {
    readonly invitation: Load<InvitationRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Invitation: InvitationRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions | "invitation:receive", unknown> {}
  interface AccountActions extends Record<"invitation:receive", unknown> {}
}

const actions = { "invitation:read": owners, "invitation:create": owners, "invitation:revoke": owners };

export const invitationModule: NounModule = {
  resolvers: [InvitationResolver, ReceivedInvitationsResolver, ReceivedInvitationResolver, receivedInvitationConnection.resolver],
  actions: { ...actions, "invitation:receive": accountHolders },
  services: {
    invitations: ({ database, publicUrl }) => new InvitationService({ database, publicUrl }),
  },
  loaders: {
    invitation: ({ actor, services }) => new DataLoader((ids) => services.invitations.load(actor, ids)),
  },
  nodes: {
    Invitation: { byId: ({ invitation }) => invitation },
  },
};
