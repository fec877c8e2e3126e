/** Resolves models. */
import type { EliteRecord } from "@pareidolia/persistence/queries/eliteQueries";
import type { ModelRecord } from "@pareidolia/persistence/queries/modelQueries";
import { Args, Ctx, FieldResolver, Float, ID, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { EliteType } from "../elite/elite.type.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { ModelType, modelConnection } from "./model.type.ts";

@Resolver(() => ModelType)
export class ModelResolver {
  @Query(() => modelConnection.connection, { description: "Models that you can use, oldest first." })
  models(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<ModelRecord>> {
    return services.models.list(actor, args);
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

  @FieldResolver(() => EliteType, { nullable: true, description: "The first stored image that it took for something with at least .99." })
  firstFooled(@Root() model: ModelRecord, @Ctx() { loaders }: ApiContext): Promise<EliteRecord | null> {
    return loaders.firstFooled.load(model.id);
  }
}
