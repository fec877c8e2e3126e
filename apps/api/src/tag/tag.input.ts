/** Inputs of the mutations of tags. */
import { Field, ID, InputType } from "type-graphql";
import { previousValue } from "../tracking/previousValue.ts";

@InputType("RenameTagInput", { description: "Input of `renameTag`." })
export class RenameTagInput {
  @Field(() => ID, { description: "ID of the tag." })
  tagId!: string;

  @Field(() => String, { description: "The new name: 1 to 40 characters, stored in lower case." })
  name!: string;

  @Field(() => String, previousValue("The name"))
  previousName?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Whether the tag becomes one with a tag that has the new name already. This cannot be undone. Default: refused.",
  })
  merge!: boolean;
}

@InputType("DeleteTagInput", { description: "Input of `deleteTag`." })
export class DeleteTagInput {
  @Field(() => ID, { description: "ID of the tag." })
  tagId!: string;
}

@InputType("TagFilter", { description: "Conditions that each of the tags must meet; null leaves one out." })
export class TagFilter {
  @Field(() => String, { nullable: true, description: "Text in the tag, ignoring case; at most 200 characters." })
  search?: string | null;
}
