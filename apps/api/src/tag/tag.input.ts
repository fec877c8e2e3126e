/** Inputs of the mutations of tags. */
import { Field, ID, InputType } from "type-graphql";

@InputType("RenameTagInput", { description: "Input of `renameTag`." })
export class RenameTagInput {
  @Field(() => ID, { description: "ID of the tag." })
  tagId!: string;

  @Field(() => String, { description: "The new name: 1 to 40 characters, stored in lower case." })
  name!: string;
}

@InputType("DeleteTagInput", { description: "Input of `deleteTag`." })
export class DeleteTagInput {
  @Field(() => ID, { description: "ID of the tag." })
  tagId!: string;
}
