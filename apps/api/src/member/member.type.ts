/** A member of a workspace. */
import { Field, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { RoleEnum } from "../viewer/viewer.type.ts";

@Requires("member:read")
@ObjectType("Member", { implements: NodeInterface, description: "A user's membership in the workspace." })
export class MemberType extends NodeInterface {
  @Field(() => RoleEnum, { description: "What the member may do in the workspace." })
  readonly role!: string;

  @Field(() => String, { description: "E-mail address of the member." })
  readonly email!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether signing in as the member needs a second factor; null for viewers who are neither owners nor the member.",
  })
  readonly hasSecondFactor!: boolean | null;

  @Field(() => DateTimeScalar, { description: "When the user joined the workspace." })
  readonly joinedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the member was suspended; null for a member with access." })
  readonly suspendedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When the member last used a session or an API key, within a day; null if never.",
  })
  readonly lastActiveAt!: Date | null;

  @Field(() => Boolean, { description: "Whether the member is the only owner with access, who can neither leave nor change role." })
  readonly isOnlyOwner!: boolean;
}

export const memberConnection = connectionTypesOf({ noun: "Member", plural: "members", node: MemberType, action: "member:read" });

@Requires("member:read")
@ObjectType("MemberSuccess", { description: "The member is changed." })
export class MemberSuccess {
  @Field(() => MemberType, { description: "The changed member." })
  readonly member!: unknown;
}

@Requires("member:read")
@ObjectType("RemoveMemberSuccess", { description: "The user is no longer a member. API keys and invitations of the user are revoked." })
export class RemoveMemberSuccess {
  @Field(() => MemberType, { description: "The member, as before the removal." })
  readonly member!: unknown;
}

export const MemberPayload = payloadOf({
  name: "MemberPayload",
  description: "Result of `changeMemberRole`, `suspendMember`, `restoreMember` and `undoRemoveMember`.",
  success: MemberSuccess,
  missing: true,
});

export const RemoveMemberPayload = payloadOf({
  name: "RemoveMemberPayload",
  description: "Result of `removeMember` and `leaveWorkspace`.",
  success: RemoveMemberSuccess,
  missing: true,
});
