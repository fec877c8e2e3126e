/** Resolves the viewer's received invitations. */
import type { OpenInvitation } from "@pareidolia/persistence/workspace/members/invitations";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { ViewerType } from "../viewer/viewer.type.ts";
import { ReceivedInvitationType, receivedInvitationConnection } from "./invitation.type.ts";

@Resolver(() => ViewerType)
export class ReceivedInvitationsResolver {
  @FieldResolver(() => receivedInvitationConnection.connection, {
    description:
      "Open invitations to your verified address, ordered by expiry. None while the address is not verified. An API key needs the scope ADMIN.",
  })
  invitations(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<OpenInvitation>> {
    return services.invitations.listReceived(actor, args);
  }
}

@Resolver(() => ReceivedInvitationType)
export class ReceivedInvitationResolver {
  @FieldResolver()
  id(@Root() { id }: OpenInvitation): string {
    return encodeGlobalId("Invitation", id);
  }
}
