/** Resolves stored images. */
import type { ImageRecord } from "@pareidolia/persistence/lab/images/readImages";
import type { ScoreRecord } from "@pareidolia/persistence/lab/scores/readScores";
import { Args, Ctx, Extensions, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { encodeGlobalId, shortImageKey } from "../globalId/globalId.ts";
import { statementCost } from "../limits/costs.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { ScoreType } from "../score/score.type.ts";
import { ImageType, imageConnection } from "./image.type.ts";
import { imagePath } from "./imagePath.ts";

@Resolver(() => ImageType)
export class ImageResolver {
  @Requires("image:read")
  @Query(() => imageConnection.connection, { description: "Stored images, latest first." })
  images(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<ImageRecord>> {
    return services.images.list(actor, args);
  }

  @FieldResolver(() => ID, { description: "ID of the image: opaque, and unique across all types." })
  id(@Root() image: ImageRecord): string {
    return encodeGlobalId("Image", image.sha256);
  }

  @FieldResolver(() => String, { description: "Short key of the image: the beginning of its hash, such as IMG-9f3a51c07be2." })
  key(@Root() image: ImageRecord): string {
    return shortImageKey(image.sha256);
  }

  @FieldResolver(() => String, {
    description: "Path of the PNG on this host. Its content never changes. With a link, the path carries it.",
  })
  url(@Root() image: ImageRecord, @Ctx() { actor }: ApiContext): string {
    return imagePath(image.sha256, actor);
  }

  @Extensions({ once: 2 * statementCost })
  @FieldResolver(() => [ScoreType], { description: "Scores of the image, one per model that has scored it." })
  scores(@Root() image: ImageRecord, @Ctx() { loaders }: ApiContext): Promise<ScoreRecord[]> {
    return loaders.scoresOfImage.load(image.sha256);
  }
}
