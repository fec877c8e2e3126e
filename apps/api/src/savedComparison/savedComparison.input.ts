/** Inputs that save, edit, delete and restore comparisons. */
import { Field, ID, InputType, Int } from "type-graphql";
import { ComparedRunsInput } from "../comparison/comparison.input.ts";
import { previousValue } from "../tracking/previousValue.ts";

@InputType("SaveComparisonInput", { description: "Input of `saveComparison`." })
export class SaveComparisonInput {
  @Field(() => String, { description: "1 to 120 characters." })
  title!: string;

  @Field(() => String, { nullable: true, description: "Notes in Markdown, at most 20,000 characters. Default: none." })
  notes?: string | null;

  @Field(() => [ComparedRunsInput], { description: "The runs and groups, as in `runComparison`." })
  entries!: ComparedRunsInput[];

  @Field(() => Int, {
    nullable: true,
    description: "The generation to compare. Default, and at most: the last one that any run has stored.",
  })
  generation?: number | null;

  @Field(() => Int, { nullable: true, description: "Place of the entry that others are compared with, from 0. Default: none." })
  baseline?: number | null;

  @Field(() => Int, { nullable: true, description: "Number of classes whose images are kept, 1 to 50. Default: 20." })
  first?: number | null;

  @Field(() => Int, { nullable: true, description: "Number of classes to skip. Default: 0." })
  offset?: number | null;

  @Field(() => String, { nullable: true, description: "Only classes whose label contains this text, ignoring case." })
  contains?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Text that makes a repeated request return the comparison of the first one; at most 200 characters.",
  })
  idempotencyKey?: string | null;
}

@InputType("EditSavedComparisonInput", { description: "Input of `editSavedComparison`. Null fields stay unchanged." })
export class EditSavedComparisonInput {
  @Field(() => ID, { description: "ID of the saved comparison, or its key such as CMP-4." })
  savedComparisonId!: string;

  @Field(() => String, { nullable: true, description: "The new title: 1 to 120 characters." })
  title?: string | null;

  @Field(() => String, previousValue("The title"))
  previousTitle?: string | null;

  @Field(() => String, { nullable: true, description: "The new notes in Markdown, at most 20,000 characters; empty for none." })
  notes?: string | null;

  @Field(() => String, previousValue("The notes"))
  previousNotes?: string | null;
}

@InputType("SavedComparisonInput", { description: "Input of `deleteSavedComparison` and `restoreSavedComparison`." })
export class SavedComparisonInput {
  @Field(() => ID, { description: "ID of the saved comparison; of one that is not deleted, also its key such as CMP-4." })
  savedComparisonId!: string;
}
