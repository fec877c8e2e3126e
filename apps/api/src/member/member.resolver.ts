/** Resolves members of the workspace. */
import type { MemberRecord } from "@pareidolia/persistence/workspace/members/members";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { ChangeMemberRoleInput, MemberInput, UndoRemoveMemberInput } from "./member.input.ts";
import { MemberPayload, MemberType, memberConnection, RemoveMemberPayload } from "./member.type.ts";

type MemberAnswer = Promise<Payload<{ member: MemberRecord }>>;

@Resolver(() => MemberType)
export class MemberResolver {
  @Requires("member:read")
  @Query(() => memberConnection.connection, { description: "Members of the workspace, those who joined first at the top." })
  members(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<MemberRecord>> {
    return services.members.list(actor, args);
  }

  @Requires("member:changeRole")
  @Mutation(() => MemberPayload, {
    description:
      "Changes a member's role. The last owner keeps the role. If another owner gets a lower one, the open invitations that they sent are revoked.",
  })
  changeMemberRole(
    @Arg("input", () => ChangeMemberRoleInput, { description: "Input of `changeMemberRole`." }) input: ChangeMemberRoleInput,
    @Ctx() { actor, services }: ApiContext,
  ): MemberAnswer {
    return resolvePayload("MemberSuccess", async () => ({ member: await services.members.changeRole(actor, input) }));
  }

  @Requires("member:suspend")
  @Mutation(() => MemberPayload, { description: "Takes a member's access to the workspace away until `restoreMember`." })
  suspendMember(
    @Arg("input", () => MemberInput, { description: "The member." }) input: MemberInput,
    @Ctx() { actor, services }: ApiContext,
  ): MemberAnswer {
    return resolvePayload("MemberSuccess", async () => ({ member: await services.members.suspend(actor, input.memberId) }));
  }

  @Requires("member:restore")
  @Mutation(() => MemberPayload, { description: "Gives a suspended member access again. Revoked API keys stay revoked." })
  restoreMember(
    @Arg("input", () => MemberInput, { description: "The member." }) input: MemberInput,
    @Ctx() { actor, services }: ApiContext,
  ): MemberAnswer {
    return resolvePayload("MemberSuccess", async () => ({ member: await services.members.restore(actor, input.memberId) }));
  }

  @Requires("member:remove")
  @Mutation(() => RemoveMemberPayload, { description: "Removes a member. Everything that the member created stays in the workspace." })
  removeMember(
    @Arg("input", () => MemberInput, { description: "The member." }) input: MemberInput,
    @Ctx() { actor, services }: ApiContext,
  ): MemberAnswer {
    return resolvePayload("RemoveMemberSuccess", async () => ({ member: await services.members.remove(actor, input.memberId) }));
  }

  @Requires("member:undoRemove")
  @Mutation(() => MemberPayload, {
    description: "Takes a removal of the last ten minutes back: the user has the same role again. Revoked API keys stay revoked.",
  })
  undoRemoveMember(
    @Arg("input", () => UndoRemoveMemberInput, { description: "The removed user." }) input: UndoRemoveMemberInput,
    @Ctx() { actor, services }: ApiContext,
  ): MemberAnswer {
    return resolvePayload("MemberSuccess", async () => ({ member: await services.members.undoRemove(actor, input.userId) }));
  }

  @Requires("member:leave")
  @Mutation(() => RemoveMemberPayload, { description: "Ends the viewer's membership in the workspace. The last owner cannot leave." })
  leaveWorkspace(@Ctx() { actor, services }: ApiContext): MemberAnswer {
    return resolvePayload("RemoveMemberSuccess", async () => ({ member: await services.members.leave(actor) }));
  }

  @FieldResolver(() => ID, { description: "ID of the member: opaque, and unique across all types." })
  id(@Root() member: MemberRecord): string {
    return encodeGlobalId("Member", member.id);
  }

  @FieldResolver(() => Boolean, { nullable: true })
  hasSecondFactor(@Root() member: MemberRecord, @Ctx() { actor, services }: ApiContext): boolean | null {
    return services.members.mayInspect(actor, member) ? member.hasSecondFactor : null;
  }

  @FieldResolver(() => Boolean, {
    description: "Whether the member may vote in studies and take part in norming rooms: not while suspended, nor as a viewer.",
  })
  mayVote(@Root() member: MemberRecord, @Ctx() { services }: ApiContext): boolean {
    return services.members.mayVote(member);
  }

  @FieldResolver(() => UserType, { description: "The person's account." })
  user(@Root() member: MemberRecord, @Ctx() { actor, services }: ApiContext): UserRecord {
    return services.viewer.describeUser(actor, { id: member.createdById, name: member.name });
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: "Number of sessions with which the member is signed in to the workspace; null for viewers who are not owners.",
  })
  sessionCount(@Root() member: MemberRecord, @Ctx() { actor, services }: ApiContext): number | null {
    return services.members.countsAccess(actor, member) ? member.sessionCount : null;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: "Number of the member's valid API keys in the workspace; null for viewers who are not owners.",
  })
  keyCount(@Root() member: MemberRecord, @Ctx() { actor, services }: ApiContext): number | null {
    return services.members.countsAccess(actor, member) ? member.keyCount : null;
  }
}
