/** A photo that an ascent or a perturbation can start from. */
import { Extensions, Field, ID, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { maxInBatch } from "../settled.ts";

@Requires("photo:read")
@ObjectType("Photo", {
  implements: NodeInterface,
  description: "A photo that an ascent or a perturbation can start from, stored as a PNG of at most 1024 pixels per side.",
})
export class PhotoType extends NodeInterface {
  @Field(() => String, { description: "The name shown in lists; initially the name of its file." })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: "What the photo shows; null if unknown." })
  readonly label!: string | null;

  @Field(() => String, { description: "Licence of the photo; empty if unknown." })
  readonly licence!: string;

  @Field(() => String, { description: "Origin of the photo; empty if unknown." })
  readonly source!: string;

  @Field(() => DateTimeScalar, { description: "When the photo was stored." })
  readonly createdAt!: Date;
}

export const photoConnection = connectionTypesOf({ noun: "Photo", plural: "photos", node: PhotoType, action: "photo:read" });

@Requires("photo:create")
@ObjectType("UploadImageSuccess", { description: "The photo is stored, now or by an earlier request with the same idempotency key." })
export class UploadImageSuccess {
  @Field(() => PhotoType, { description: "The stored photo." })
  readonly photo!: unknown;
}

export const UploadImagePayload = payloadOf({
  name: "UploadImagePayload",
  description: "Result of `uploadImage`.",
  success: UploadImageSuccess,
  missing: true,
  quota: true,
});

@Requires("photo:create")
@ObjectType("StorePhotosSuccess", { description: "Each file has a result of its own: stored, or refused with the reason." })
export class StorePhotosSuccess {
  @Extensions({ longest: maxInBatch })
  @Field(() => [UploadImagePayload], { description: "The result for each upload, in their order." })
  readonly results!: readonly unknown[];
}

export const StorePhotosPayload = payloadOf({
  name: "StorePhotosPayload",
  description: "Result of `storePhotos`.",
  success: StorePhotosSuccess,
  missing: true,
});

@Requires("photo:delete")
@ObjectType("DeletePhotoSuccess", { description: "The photo is deleted. Runs started from it keep its image." })
export class DeletePhotoSuccess {
  @Field(() => ID, { description: "ID of the deleted photo." })
  readonly deletedId!: string;
}

export const DeletePhotoPayload = payloadOf({
  name: "DeletePhotoPayload",
  description: "Result of `deletePhoto`.",
  success: DeletePhotoSuccess,
  missing: true,
});
