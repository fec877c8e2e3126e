/** Creates a photo from an upload, and deletes photos. */
import { Field, ID, InputType } from "type-graphql";

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

@InputType("DeletePhotoInput", { description: "Input of `deletePhoto`." })
export class DeletePhotoInput {
  @Field(() => ID, { description: "ID of the photo." })
  photoId!: string;
}
