/** The viewer, with workspace and role. */
import { roles } from "@pareidolia/core/actor";
import { Field, ObjectType, registerEnumType } from "type-graphql";
import { NodeInterface } from "../node/node.type.ts";
import { Requires } from "../policy/requires.ts";

export const RoleEnum = Object.fromEntries(roles.map((role) => [role, role]));

registerEnumType(RoleEnum, {
  name: "Role",
  description: "Role of a member of a workspace. Every role can read.",
  valuesConfig: {
    OWNER: { description: "Can do everything, including to manage members, invitations, all API keys and the audit log." },
    RESEARCHER: { description: "Can create, change and delete experiments, runs, models, photos and uploads." },
    LABELLER: { description: "Can read like a viewer, vote in studies, and take part in their norming rooms." },
    VIEWER: { description: "Can only read, and neither labels nor results of studies." },
  },
});

@Requires("user:read")
@ObjectType("User", { implements: NodeInterface, description: "A person with an account, who may be a member of several workspaces." })
export class UserType extends NodeInterface {
  @Field(() => String, { description: "Display name of the user." })
  readonly name!: string;
}

@Requires("workspace:read")
@ObjectType("Workspace", {
  implements: NodeInterface,
  description: "The owner of experiments, runs, uploaded models and photos. Its members share them.",
})
export class WorkspaceType extends NodeInterface {
  @Field(() => String, { description: "Display name of the workspace." })
  readonly name!: string;

  @Field(() => String, { description: "Short name of the workspace, for URLs." })
  readonly slug!: string;
}

@Requires("viewer:read")
@ObjectType("Viewer", { description: "The signed-in user, with workspace and role." })
export class ViewerType {}

@Requires("viewer:read")
@ObjectType("RefusedMutation", { description: "A mutation that the user's role, or the API key of the request, does not permit." })
export class RefusedMutationType {
  @Field(() => String, { description: "Name of the mutation, such as `startEvolution`." })
  readonly name!: string;

  @Field(() => String, { description: "Why it is refused and who can help: the message of the error that it would answer." })
  readonly message!: string;
}
