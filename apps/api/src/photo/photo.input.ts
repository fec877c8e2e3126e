/** Makes a photo from an upload, and deletes photos. */
import { Field, ID, InputType } from "type-graphql";

@InputType("UploadImageInput", { description: "A photo to be stored." })
export class UploadImageInput {
  @Field(() => ID, {
    description: "The `id` that POST /uploads answered: a PNG, JPEG or BMP file of at most 20 MB and 6000 pixels a side.",
  })
  uploadId!: string;

  @Field(() => String, { description: "For people, 1 to 200 characters." })
  name!: string;

  @Field(() => String, { nullable: true, description: "What it shows." })
  label?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "A word of your own, such as a UUID: a second request with it returns the first one's photo.",
  })
  idempotencyKey?: string | null;
}

@InputType("DeletePhotoInput", { description: "Names a photo." })
export class DeletePhotoInput {
  @Field(() => ID, { description: "The photo's ID." })
  photoId!: string;
}
