/** Resolves invitations to the workspace. */
import type { InvitationRecord } from "@pareidolia/persistence/workspace/members/invitations";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { statementCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { InviteMemberInput, RevokeInvitationInput } from "./invitation.input.ts";
import { InvitationType, InviteMemberPayload, RevokeInvitationPayload } from "./invitation.type.ts";

@Resolver(() => InvitationType)
export class InvitationResolver {
  @Requires("invitation:read")
  @Query(() => [InvitationType], { complexity: statementCost, description: "Open invitations to the workspace, latest first." })
  invitations(@Ctx() { actor, services }: ApiContext): Promise<InvitationRecord[]> {
    return services.invitations.list(actor);
  }

  @Requires("invitation:create")
  @Mutation(() => InviteMemberPayload, {
    description: "Invites a person by e-mail. A second invitation to the same address replaces the first.",
  })
  inviteMember(
    @Arg("input", () => InviteMemberInput, { description: "Input of `inviteMember`." }) input: InviteMemberInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ invitation: InvitationRecord; link: string }>> {
    return resolvePayload("InviteMemberSuccess", () => services.invitations.create(actor, input));
  }

  @Requires("invitation:revoke")
  @Mutation(() => RevokeInvitationPayload, { description: "Revokes an invitation." })
  revokeInvitation(
    @Arg("input", () => RevokeInvitationInput, { description: "Input of `revokeInvitation`." }) input: RevokeInvitationInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ revokedId: string }>> {
    return resolvePayload("RevokeInvitationSuccess", async () => {
      const { id } = await services.invitations.revoke(actor, input.invitationId);
      return { revokedId: encodeGlobalId("Invitation", id) };
    });
  }

  @FieldResolver(() => ID, { description: "ID of the invitation: opaque, and unique across all types." })
  id(@Root() invitation: InvitationRecord): string {
    return encodeGlobalId("Invitation", invitation.id);
  }

  @FieldResolver(() => UserType, { nullable: true, description: "The member who invited; null for a former member." })
  async invitedBy(@Root() invitation: InvitationRecord, @Ctx() { loaders }: ApiContext): Promise<UserRecord | null> {
    return invitation.createdById === null ? null : loaders.user.load(invitation.createdById);
  }
}
