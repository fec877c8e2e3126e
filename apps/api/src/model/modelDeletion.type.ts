/** The usage of a model and the payload of `deleteModel`. */
import { Field, ID, Int, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";

@Requires("run:read")
@ObjectType("ModelUsage", { description: "Runs, scores and analyses that refer to a model. It can be deleted only if no run uses it." })
export class ModelUsageType {
  @Field(() => [String], { description: "Keys of the runs that use the model, such as RUN-142, oldest first." })
  readonly runKeys!: readonly string[];

  @Field(() => Int, {
    description: "Number of the model's scores of stored images, which are deleted with it. 0 for a model that comes with Pareidolia.",
  })
  readonly scores!: number;

  @Field(() => Boolean, { description: "Whether the model has more scores than the 10,000 counted." })
  readonly scoresAreCapped!: boolean;

  @Field(() => Int, { description: "Number of analyses that use the model, which are deleted with it." })
  readonly analyses!: number;
}

@Requires("model:delete")
@ObjectType("DeleteModelSuccess", { description: "The model is deleted." })
export class DeleteModelSuccess {
  @Field(() => ID, { description: "ID of the deleted model." })
  readonly deletedId!: string;

  @Field(() => ModelUsageType, { description: "Numbers of scores and analyses deleted with the model." })
  readonly deleted!: ModelUsageType;
}

export const DeleteModelPayload = payloadOf({
  name: "DeleteModelPayload",
  description: "Result of `deleteModel`.",
  success: DeleteModelSuccess,
  missing: true,
});
