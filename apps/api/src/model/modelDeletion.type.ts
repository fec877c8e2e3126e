/** What refers to a model and is lost when it is deleted. */
import { Field, ID, Int, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";

@Requires("run:read")
@ObjectType("ModelUsage", { description: "What refers to a model. It can be deleted while no run uses it." })
export class ModelUsageType {
  @Field(() => [String], { description: "Keys of the runs that use it, such as RUN-142, oldest first." })
  readonly runKeys!: readonly string[];

  @Field(() => Int, { description: "Its scores of stored images, which are deleted with it." })
  readonly scores!: number;

  @Field(() => Int, { description: "Analyses that use it, which are deleted with it." })
  readonly analyses!: number;
}

@Requires("model:delete")
@ObjectType("DeleteModelSuccess", { description: "The model is deleted." })
export class DeleteModelSuccess {
  @Field(() => ID, { description: "The ID of the deleted model." })
  readonly deletedId!: string;

  @Field(() => ModelUsageType, { description: "What was deleted with it." })
  readonly deleted!: ModelUsageType;
}

export const DeleteModelPayload = payloadOf({
  name: "DeleteModelPayload",
  description: "What `deleteModel` answers.",
  success: DeleteModelSuccess,
  missing: true,
});
