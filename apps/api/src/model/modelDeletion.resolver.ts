/** Resolves the deletion of models. */
import type { ModelUsage } from "@pareidolia/persistence/lab/models/deleteModel";
import type { ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId, runKey } from "../globalId/globalId.ts";
import { computationCost } from "../limits/costs.ts";
import { maxCount } from "../pagination/rowCounter.ts";
import { Requires } from "../policy/requires.ts";
import { DeleteModelInput } from "./model.input.ts";
import { ModelType } from "./model.type.ts";
import { DeleteModelPayload, ModelUsageType } from "./modelDeletion.type.ts";

function toUsage({ runNumbers, scores, analyses }: ModelUsage): ModelUsageType {
  const scoresAreCapped = scores === Number.POSITIVE_INFINITY;
  return { runKeys: runNumbers.map(runKey), scores: scoresAreCapped ? maxCount : scores, scoresAreCapped, analyses };
}

@Resolver(() => ModelType)
export class ModelDeletionResolver {
  @Requires("model:delete")
  @Mutation(() => DeleteModelPayload, {
    description: "Deletes a model of your workspace that no run uses, with its scores and analyses. This cannot be undone.",
  })
  deleteModel(
    @Arg("input", () => DeleteModelInput, { description: "The model to delete." }) input: DeleteModelInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ deletedId: string; deleted: ModelUsageType }>> {
    return resolvePayload("DeleteModelSuccess", async () => {
      const { model, usage } = await services.modelDeletion.delete(actor, input.modelId);
      return { deletedId: encodeGlobalId("Model", model.id), deleted: toUsage(usage) };
    });
  }

  @FieldResolver(() => ModelUsageType, {
    complexity: computationCost,
    description: "Runs, scores and analyses in your workspace that refer to the model. `deleteModel` deletes the scores and analyses.",
  })
  async usage(@Root() model: ModelRecord, @Ctx() { loaders }: ApiContext): Promise<ModelUsageType> {
    return toUsage(await loaders.modelUsage.load(model.id));
  }
}
