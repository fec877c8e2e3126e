/** You, your workspace, and your role in it. */
import { roles } from "@pareidolia/core/actor";
import { Field, ObjectType, registerEnumType } from "type-graphql";
import { NodeInterface } from "../node/node.type.ts";
import { Requires } from "../policy/requires.ts";

export const RoleEnum = Object.fromEntries(roles.map((role) => [role, role]));

registerEnumType(RoleEnum, {
  name: "Role",
  description: "What a member may do in a workspace.",
  valuesConfig: {
    OWNER: { description: "Everything, members too." },
    RESEARCHER: { description: "Makes experiments and runs." },
    LABELLER: { description: "Votes, and looks." },
    VIEWER: { description: "Looks." },
  },
});

@Requires("user:read")
@ObjectType("User", { implements: NodeInterface, description: "A person." })
export class UserType extends NodeInterface {
  @Field(() => String, { description: "As others see it." })
  readonly name!: string;
}

@Requires("workspace:read")
@ObjectType("Workspace", { implements: NodeInterface, description: "Owns experiments, runs and uploaded models; its members share them." })
export class WorkspaceType extends NodeInterface {
  @Field(() => String, { description: "For people." })
  readonly name!: string;

  @Field(() => String, { description: "For addresses." })
  readonly slug!: string;
}

@Requires("workspace:read")
@ObjectType("Viewer", { description: "Who asks." })
export class ViewerType {
  @Field(() => RoleEnum, { description: "Your role in this workspace." })
  readonly role!: string;
}
