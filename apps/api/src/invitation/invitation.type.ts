/** Open invitations, as the workspace's owners and as their receivers see them. */
import { Field, ID, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { RoleEnum } from "../viewer/viewer.type.ts";

@Requires("invitation:read")
@ObjectType("Invitation", { implements: NodeInterface, description: "An invitation to the workspace that can still be accepted." })
export class InvitationType extends NodeInterface {
  @Field(() => String, { description: "E-mail address of the invited person, who must prove to receive its mail." })
  readonly email!: string;

  @Field(() => RoleEnum, { description: "Role of the member to be." })
  readonly role!: string;

  @Field(() => DateTimeScalar, { description: "When the invitation was sent." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { description: "When the invitation expires." })
  readonly expiresAt!: Date;
}

@Requires("invitation:receive")
@ObjectType("ReceivedInvitation", { description: "An invitation to your address, which you can accept to join another workspace." })
export class ReceivedInvitationType {
  @Field(() => ID, { description: "ID of the invitation: opaque, and unique across all types." })
  readonly id!: string;

  @Field(() => String, { description: "Display name of the workspace." })
  readonly workspaceName!: string;

  @Field(() => RoleEnum, { description: "Role that you would have in it." })
  readonly role!: string;

  @Field(() => DateTimeScalar, { description: "When the invitation was sent." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { description: "When the invitation expires." })
  readonly expiresAt!: Date;
}

export const receivedInvitationConnection = connectionTypesOf({
  noun: "ReceivedInvitation",
  plural: "received invitations",
  node: ReceivedInvitationType,
  action: "invitation:receive",
});

@Requires("invitation:create")
@ObjectType("InviteMemberSuccess", { description: "The invitation is created, and its e-mail is in the outbox." })
export class InviteMemberSuccess {
  @Field(() => InvitationType, { description: "The new invitation, open until it expires." })
  readonly invitation!: unknown;

  @Field(() => String, { description: "The link in the e-mail. It cannot be read again." })
  readonly link!: string;
}

export const InviteMemberPayload = payloadOf({
  name: "InviteMemberPayload",
  description: "Result of `inviteMember`.",
  success: InviteMemberSuccess,
  missing: false,
});

@Requires("invitation:revoke")
@ObjectType("RevokeInvitationSuccess", { description: "The invitation's link no longer works." })
export class RevokeInvitationSuccess {
  @Field(() => ID, { description: "ID of the revoked invitation." })
  readonly revokedId!: string;
}

export const RevokeInvitationPayload = payloadOf({
  name: "RevokeInvitationPayload",
  description: "Result of `revokeInvitation`.",
  success: RevokeInvitationSuccess,
  missing: true,
});
