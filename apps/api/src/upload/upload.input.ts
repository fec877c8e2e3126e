/** Names uploads. */
import { Field, ID, InputType } from "type-graphql";

@InputType("DeleteUploadInput", { description: "Names an uploaded file." })
export class DeleteUploadInput {
  @Field(() => ID, { description: "The `id` returned by POST /uploads." })
  uploadId!: string;
}
