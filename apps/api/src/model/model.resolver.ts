/** Resolves models. */
import type { EliteRecord } from "@pareidolia/persistence/queries/eliteQueries";
import type { ModelRecord } from "@pareidolia/persistence/queries/modelQueries";
import { Arg, Args, Ctx, FieldResolver, Float, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { EliteType } from "../elite/elite.type.ts";
import { answer, type Payload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ownStatement } from "../limits/costs.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { CheckModelInput, ModelFilter, RegisterModelInput } from "./model.input.ts";
import { CheckModelPayload, ModelType, modelConnection, RegisterModelPayload } from "./model.type.ts";

@Resolver(() => ModelType)
export class ModelResolver {
  @Requires("model:read")
  @Query(() => modelConnection.connection, { description: "Models that you can use, oldest first." })
  models(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => ModelFilter, { nullable: true, description: "Lists only items that match every condition." }) filter:
      | ModelFilter
      | null
      | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<ModelRecord>> {
    return services.models.list(actor, args, filter);
  }

  @Requires("model:register")
  @Mutation(() => RegisterModelPayload, { description: "Registers a model of your own; a worker checks it before it can be used." })
  registerModel(
    @Arg("input", () => RegisterModelInput, { description: "The model." }) input: RegisterModelInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ model: ModelRecord }>> {
    return answer("RegisterModelSuccess", async () => ({ model: await services.modelRegistration.register(actor, input) }));
  }

  @Requires("model:check")
  @Mutation(() => CheckModelPayload, { description: "Fetches a model's file if need be, opens it and measures it." })
  checkModel(
    @Arg("input", () => CheckModelInput, { description: "Which." }) input: CheckModelInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ model: ModelRecord }>> {
    return answer("CheckModelSuccess", async () => ({ model: await services.modelRegistration.check(actor, input.modelId) }));
  }

  @FieldResolver(() => ID, { description: "Opaque, and unique over all types." })
  id(@Root() model: ModelRecord): string {
    return encodeGlobalId("Model", model.id);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: "Evaluations a second, measured on the last runs against it; null before the first.",
  })
  measuredSpeed(@Root() model: ModelRecord, @Ctx() { loaders }: ApiContext): Promise<number | null> {
    return loaders.modelSpeed.load(model.id);
  }

  @FieldResolver(() => EliteType, {
    complexity: ownStatement,
    nullable: true,
    description: "The first stored image that it took for something with at least .99.",
  })
  firstFooled(@Root() model: ModelRecord, @Ctx() { loaders }: ApiContext): Promise<EliteRecord | null> {
    return loaders.firstFooled.load(model.id);
  }
}
