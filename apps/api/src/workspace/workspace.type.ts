/** The viewer's place in a workspace, and the results of the mutations that change workspaces. */
import { Field, ID, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { RoleEnum } from "../viewer/viewer.type.ts";

@Requires("viewer:read")
@ObjectType("WorkspaceMembership", { description: "The viewer's membership in a workspace: the current one, or another." })
export class WorkspaceMembershipType {
  @Field(() => ID, { description: "ID of the membership: opaque, and unique across all types." })
  readonly id!: string;

  @Field(() => ID, { description: "ID of the workspace." })
  readonly workspaceId!: string;

  @Field(() => String, { description: "Display name of the workspace." })
  readonly name!: string;

  @Field(() => String, { description: "Short name of the workspace, for URLs." })
  readonly slug!: string;

  @Field(() => RoleEnum, { description: "Role of the viewer in the workspace." })
  readonly role!: string;

  @Field(() => Boolean, { description: "Whether it is the workspace of this request." })
  readonly isCurrent!: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: "When an owner deleted the workspace; null otherwise." })
  readonly deletedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Until when `restoreWorkspace` brings a deleted workspace back; null for one that is not deleted.",
  })
  readonly restorableUntil!: Date | null;
}

@Requires("viewer:read")
@ObjectType("Suspension", { description: "An owner has suspended the viewer's membership in a workspace." })
export class SuspensionType {
  @Field(() => String, { description: "Name of the workspace in addresses, such as the `lab` of /w/lab." })
  readonly slug!: string;

  @Field(() => String, { description: "Display name of the workspace." })
  readonly workspaceName!: string;

  @Field(() => DateTimeScalar, { description: "Since when the viewer has no access to it." })
  readonly suspendedAt!: Date;
}

@Requires("viewer:read")
@ObjectType("WorkspaceSuccess", { description: "The workspace is changed as requested." })
export class WorkspaceSuccess {
  @Field(() => WorkspaceMembershipType, { description: "The viewer's membership after the change." })
  readonly membership!: unknown;
}

export const CreateWorkspacePayload = payloadOf({
  name: "CreateWorkspacePayload",
  description: "Result of `createWorkspace`.",
  success: WorkspaceSuccess,
  missing: false,
});

export const WorkspacePayload = payloadOf({
  name: "WorkspacePayload",
  description: "Result of `renameWorkspace`, `switchWorkspace`, `transferWorkspace`, `deleteWorkspace` and `restoreWorkspace`.",
  success: WorkspaceSuccess,
  missing: true,
});
