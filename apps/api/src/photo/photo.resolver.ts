/** Resolves photos. */
import type { ImageRecord } from "@pareidolia/persistence/lab/images/readImages";
import type { PhotoRecord } from "@pareidolia/persistence/lab/photos/readPhotos";
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ImageType } from "../image/image.type.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { payloadsOf } from "../settled.ts";
import { DeletePhotoInput, StorePhotosInput, UploadImageInput } from "./photo.input.ts";
import { DeletePhotoPayload, PhotoType, photoConnection, StorePhotosPayload, UploadImagePayload } from "./photo.type.ts";

@Resolver(() => PhotoType)
export class PhotoResolver {
  @Requires("photo:read")
  @Query(() => photoConnection.connection, { description: "Photos of the workspace and sample photos, latest first." })
  photos(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<PhotoRecord>> {
    return services.photos.list(actor, args);
  }

  @Requires("photo:create")
  @Mutation(() => UploadImagePayload, { description: "Creates a photo from an uploaded file." })
  uploadImage(
    @Arg("input", () => UploadImageInput, { description: "Input of `uploadImage`." }) input: UploadImageInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ photo: PhotoRecord }>> {
    return resolvePayload("UploadImageSuccess", async () => ({ photo: await services.photos.store(actor, input) }));
  }

  @Requires("photo:create")
  @Mutation(() => StorePhotosPayload, {
    description:
      "Finishes uploads whose files have been sent, and creates a photo from each, in one transaction. A file that is refused leaves the " +
      "others, and its upload unfinished. A repeated call returns the photos of the first.",
  })
  storePhotos(
    @Arg("input", () => StorePhotosInput, { description: "Input of `storePhotos`." }) input: StorePhotosInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ results: Payload<{ photo: PhotoRecord }>[] }>> {
    return resolvePayload("StorePhotosSuccess", async () => {
      const stored = await services.photos.storeMany(actor, input.photos);
      return { results: payloadsOf(stored, "UploadImageSuccess", (photo) => ({ photo })) };
    });
  }

  @Requires("photo:delete")
  @Mutation(() => DeletePhotoPayload, {
    description: "Deletes a photo. This cannot be undone. Runs started from the photo keep its image. Samples cannot be deleted.",
  })
  deletePhoto(
    @Arg("input", () => DeletePhotoInput, { description: "Input of `deletePhoto`." }) input: DeletePhotoInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ deletedId: string }>> {
    return resolvePayload("DeletePhotoSuccess", async () => {
      const photo = await services.photos.delete(actor, input.photoId);
      return { deletedId: encodeGlobalId("Photo", photo.id) };
    });
  }

  @FieldResolver(() => Boolean, { description: "Whether the photo is a sample, which cannot be deleted." })
  isSample(@Root() photo: PhotoRecord): boolean {
    return photo.workspaceId === null;
  }

  @FieldResolver(() => Int, { description: "Number of runs started from the photo's image. They keep the image if the photo is deleted." })
  runCount(@Root() photo: PhotoRecord, @Ctx() { loaders }: ApiContext): Promise<number> {
    return loaders.runsFromPhoto.load(photo.id);
  }

  @FieldResolver(() => ID, { description: "ID of the photo: opaque, and unique across all types." })
  id(@Root() photo: PhotoRecord): string {
    return encodeGlobalId("Photo", photo.id);
  }

  @FieldResolver(() => ImageType, { description: "The image, as stored." })
  image(@Root() photo: PhotoRecord): ImageRecord {
    return photo.image;
  }
}
