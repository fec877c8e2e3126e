/** Resolves scores. */
import type { ImageRecord } from "@pareidolia/persistence/lab/images/readImages";
import type { ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import type { ScoreRecord } from "@pareidolia/persistence/lab/scores/readScores";
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ImageType } from "../image/image.type.ts";
import { loadExisting } from "../loadExisting.ts";
import { ModelType } from "../model/model.type.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { ScoreFilter } from "./score.input.ts";
import { ClassProbabilityType, ScoreType, scoreConnection } from "./score.type.ts";

@Resolver(() => ScoreType)
export class ScoreResolver {
  @Requires("score:read")
  @Query(() => scoreConnection.connection, { description: "Scores of all images, highest top confidence first." })
  scores(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => ScoreFilter, { nullable: true, description: "Lists only scores that match all conditions." })
    filter: ScoreFilter | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<ScoreRecord>> {
    return services.scores.list(actor, args, filter);
  }

  @FieldResolver(() => ID, { description: "ID of the score: opaque, and unique across all types." })
  id(@Root() score: ScoreRecord): string {
    return encodeGlobalId("Score", score.id);
  }

  @FieldResolver(() => ModelType, { description: "Model that scored the image." })
  model(@Root() score: ScoreRecord, @Ctx() { loaders }: ApiContext): Promise<ModelRecord> {
    return loadExisting(loaders.model, score.modelId);
  }

  @FieldResolver(() => ImageType, { description: "The scored image." })
  image(@Root() score: ScoreRecord, @Ctx() { loaders }: ApiContext): Promise<ImageRecord> {
    return loadExisting(loaders.image, score.imageSha256);
  }

  @FieldResolver(() => [ClassProbabilityType], { description: "Probabilities of all classes, highest first." })
  async probabilities(@Root() score: ScoreRecord, @Ctx() { loaders }: ApiContext): Promise<ClassProbabilityType[]> {
    const { labels } = await loadExisting(loaders.model, score.modelId);
    return Array.from(score.probabilities, (probability, index) => ({
      class: index,
      label: labels[index] ?? String(index),
      probability,
    })).sort((a, b) => b.probability - a.probability || a.class - b.class);
  }
}
