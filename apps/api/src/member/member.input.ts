/** Changes to members. */
import type { Role } from "@pareidolia/core/actor";
import { Field, ID, InputType } from "type-graphql";
import { previousValue } from "../tracking/previousValue.ts";
import { RoleEnum } from "../viewer/viewer.type.ts";

@InputType("ChangeMemberRoleInput", { description: "Input of `changeMemberRole`." })
export class ChangeMemberRoleInput {
  @Field(() => ID, { description: "ID of the member." })
  memberId!: string;

  @Field(() => RoleEnum, { description: "The new role." })
  role!: Role;

  @Field(() => RoleEnum, previousValue("The role"))
  previousRole?: Role | null;
}

@InputType("MemberInput", { description: "Input of mutations that only name a member." })
export class MemberInput {
  @Field(() => ID, { description: "ID of the member." })
  memberId!: string;
}

@InputType("UndoRemoveMemberInput", { description: "Input of `undoRemoveMember`." })
export class UndoRemoveMemberInput {
  @Field(() => ID, { description: "ID of the user who was removed." })
  userId!: string;
}
