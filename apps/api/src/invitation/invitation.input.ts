/** Creates and revokes invitations. */
import type { Role } from "@pareidolia/core/actor";
import { Field, ID, InputType } from "type-graphql";
import { RoleEnum } from "../viewer/viewer.type.ts";

@InputType("InviteMemberInput", { description: "Input of `inviteMember`." })
export class InviteMemberInput {
  @Field(() => String, { description: "E-mail address of the new member." })
  email!: string;

  @Field(() => RoleEnum, { description: "Role of the new member." })
  role!: Role;
}

@InputType("RevokeInvitationInput", { description: "Input of `revokeInvitation`." })
export class RevokeInvitationInput {
  @Field(() => ID, { description: "ID of the invitation." })
  invitationId!: string;
}
