/** Deletes uploads. */
import { Field, ID, InputType } from "type-graphql";

@InputType("DeleteUploadInput", { description: "Input of `deleteUpload`." })
export class DeleteUploadInput {
  @Field(() => ID, { description: "The `id` returned by POST /uploads." })
  uploadId!: string;
}
