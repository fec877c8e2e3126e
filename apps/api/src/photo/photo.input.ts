/** Creates photos from uploads, and deletes photos. */
import { Field, ID, InputType } from "type-graphql";
import { maxInBatch } from "../settled.ts";

@InputType("UploadImageInput", { description: "Input of `uploadImage`." })
export class UploadImageInput {
  @Field(() => ID, {
    description:
      "ID of a finished upload of the kind PHOTO. The file must be a PNG, JPEG or BMP image of at most 20 MB and 6000 pixels per side.",
  })
  uploadId!: string;

  @Field(() => String, { description: "Name of the photo: 1 to 200 characters." })
  name!: string;

  @Field(() => String, { nullable: true, description: "What the photo shows: at most 200 characters. Default: unknown." })
  label?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "A unique key, such as a UUID, of 1 to 200 characters. A second request with the same key returns the photo of the first.",
  })
  idempotencyKey?: string | null;
}

@InputType("PhotoFileInput", { description: "An upload that becomes a photo." })
export class PhotoFileInput {
  @Field(() => ID, {
    description: "ID of an upload of the kind PHOTO whose file has been sent, finished or not. The limits of `uploadImage` apply.",
  })
  uploadId!: string;

  @Field(() => String, { description: "Name of the photo: 1 to 200 characters." })
  name!: string;

  @Field(() => String, { nullable: true, description: "What the photo shows: at most 200 characters. Default: unknown." })
  label?: string | null;
}

@InputType("StorePhotosInput", { description: "Input of `storePhotos`." })
export class StorePhotosInput {
  @Field(() => [PhotoFileInput], { description: `The uploads: 1 to ${maxInBatch}, all different.` })
  photos!: PhotoFileInput[];
}

@InputType("DeletePhotoInput", { description: "Input of `deletePhoto`." })
export class DeletePhotoInput {
  @Field(() => ID, { description: "ID of the photo." })
  photoId!: string;
}
