/** A tag of a workspace, and the payloads of its mutations. */
import { Field, ID, Int, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("tag:read")
@ObjectType("Tag", { implements: NodeInterface, description: "A word that the members of a workspace put on runs and experiments." })
export class TagType extends NodeInterface {
  @Field(() => String, { description: "The tag in lower case, 1 to 40 characters; unique in the workspace." })
  readonly name!: string;

  @Field(() => DateTimeScalar, { description: "When it was first used." })
  readonly createdAt!: Date;
}

export const tagConnection = connectionTypesOf({ noun: "Tag", plural: "tags", node: TagType, action: "tag:read" });

@Requires("tag:rename")
@ObjectType("RenameTagSuccess", { description: "The tag has the new name wherever it is used." })
export class RenameTagSuccess {
  @Field(() => TagType, { description: "The renamed tag, or the one into which it was merged." })
  readonly tag!: unknown;
}

@Requires("tag:delete")
@ObjectType("DeleteTagSuccess", { description: "The tag is deleted, and no run or experiment has it." })
export class DeleteTagSuccess {
  @Field(() => ID, { description: "ID of the deleted tag." })
  readonly deletedId!: string;

  @Field(() => Int, { description: "Number of runs that had it." })
  readonly runCount!: number;

  @Field(() => Int, { description: "Number of experiments that had it." })
  readonly experimentCount!: number;
}

export const RenameTagPayload = payloadOf({
  name: "RenameTagPayload",
  description: "Result of `renameTag`.",
  success: RenameTagSuccess,
  missing: true,
});

export const DeleteTagPayload = payloadOf({
  name: "DeleteTagPayload",
  description: "Result of `deleteTag`.",
  success: DeleteTagSuccess,
  missing: true,
});
