/** Resolves models. */
import type { EliteRecord } from "@pareidolia/persistence/lab/elites/readElites";
import type { ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import { Arg, Args, Ctx, FieldResolver, Float, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { EliteType } from "../elite/elite.type.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { statementCost } from "../limits/costs.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { CheckModelInput, ModelFilter, RegisterModelInput } from "./model.input.ts";
import { CheckModelPayload, ModelType, modelConnection, RegisterModelPayload } from "./model.type.ts";

@Resolver(() => ModelType)
export class ModelResolver {
  @Requires("model:read")
  @Query(() => modelConnection.connection, { description: "Built-in models and models of your workspace, oldest first." })
  models(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => ModelFilter, {
      nullable: true,
      description: "Only models that match every filter. Default: all models except refused ones.",
    })
    filter: ModelFilter | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<ModelRecord>> {
    return services.models.list(actor, args, filter);
  }

  @Requires("model:register")
  @Mutation(() => RegisterModelPayload, {
    description: "Registers a model from an upload or a URL. A worker checks the model before it can be used.",
  })
  registerModel(
    @Arg("input", () => RegisterModelInput, { description: "The model to register." }) input: RegisterModelInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ model: ModelRecord }>> {
    return resolvePayload("RegisterModelSuccess", async () => ({ model: await services.modelRegistration.register(actor, input) }));
  }

  @Requires("model:check")
  @Mutation(() => CheckModelPayload, {
    description: "Checks a model again: a worker downloads its file if needed, opens it and measures its speed.",
  })
  checkModel(
    @Arg("input", () => CheckModelInput, { description: "The model to check." }) input: CheckModelInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ model: ModelRecord }>> {
    return resolvePayload("CheckModelSuccess", async () => ({ model: await services.modelRegistration.check(actor, input.modelId) }));
  }

  @FieldResolver(() => ID, { description: "Opaque ID, unique across all types." })
  id(@Root() model: ModelRecord): string {
    return encodeGlobalId("Model", model.id);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: "Mean evaluations per second of the latest evolutions and chains against the model, at most 5; null if there are none.",
  })
  measuredSpeed(@Root() model: ModelRecord, @Ctx() { loaders }: ApiContext): Promise<number | null> {
    return loaders.modelSpeed.load(model.id);
  }

  @FieldResolver(() => EliteType, {
    complexity: statementCost,
    nullable: true,
    description: "The first elite in your workspace that fooled the model with a confidence of at least .99; null if there is none.",
  })
  firstFooled(@Root() model: ModelRecord, @Ctx() { loaders }: ApiContext): Promise<EliteRecord | null> {
    return loaders.firstFooled.load(model.id);
  }
}
