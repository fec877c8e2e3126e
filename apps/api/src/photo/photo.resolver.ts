/** Resolves photos. */
import type { ImageRecord } from "@pareidolia/persistence/queries/imageQueries";
import type { PhotoRecord } from "@pareidolia/persistence/queries/photoQueries";
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { answer, type Payload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ImageType } from "../image/image.type.ts";
import type { Connection } from "../pagination/connection.ts";
import { ForwardArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { DeletePhotoInput, UploadImageInput } from "./photo.input.ts";
import { DeletePhotoPayload, PhotoType, photoConnection, UploadImagePayload } from "./photo.type.ts";

@Resolver(() => PhotoType)
export class PhotoResolver {
  @Requires("photo:read")
  @Query(() => photoConnection.connection, { description: "Photographs to begin from, yours and the product's samples, the latest first." })
  photos(@Args(() => ForwardArguments) args: ForwardArguments, @Ctx() { actor, services }: ApiContext): Promise<Connection<PhotoRecord>> {
    return services.photos.list(actor, args);
  }

  @Requires("photo:create")
  @Mutation(() => UploadImagePayload, { description: "Makes a photo of an upload." })
  uploadImage(
    @Arg("input", () => UploadImageInput, { description: "Of which, and its name." }) input: UploadImageInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ photo: PhotoRecord }>> {
    return answer("UploadImageSuccess", async () => ({ photo: await services.photos.store(actor, input) }));
  }

  @Requires("photo:delete")
  @Mutation(() => DeletePhotoPayload, {
    description: "Deletes one of your photos. This cannot be undone. Runs started from it keep its image; samples cannot be deleted.",
  })
  deletePhoto(
    @Arg("input", () => DeletePhotoInput, { description: "Which photo." }) input: DeletePhotoInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ deletedId: string }>> {
    return answer("DeletePhotoSuccess", async () => {
      const photo = await services.photos.delete(actor, input.photoId);
      return { deletedId: encodeGlobalId("Photo", photo.id) };
    });
  }

  @FieldResolver(() => Boolean, { description: "Whether it is one of the product's samples, which cannot be deleted." })
  isSample(@Root() photo: PhotoRecord): boolean {
    return photo.workspaceId === null;
  }

  @FieldResolver(() => Int, { description: "Number of runs started from its image. They keep the image when the photo is deleted." })
  runCount(@Root() photo: PhotoRecord, @Ctx() { loaders }: ApiContext): Promise<number> {
    return loaders.runsFromPhoto.load(photo.id);
  }

  @FieldResolver(() => ID, { description: "Opaque, and unique over all types." })
  id(@Root() photo: PhotoRecord): string {
    return encodeGlobalId("Photo", photo.id);
  }

  @FieldResolver(() => ImageType, { description: "The picture as stored." })
  image(@Root() photo: PhotoRecord): ImageRecord {
    return photo.image;
  }
}
