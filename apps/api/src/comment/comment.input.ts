/** Inputs of the mutations of comments. */
import { Field, ID, InputType } from "type-graphql";
import { previousValue } from "../tracking/previousValue.ts";

@InputType("AddCommentInput", { description: "Input of `addComment`." })
export class AddCommentInput {
  @Field(() => ID, { description: "ID of a run or an experiment, or its key such as RUN-142 or EXP-12." })
  subjectId!: string;

  @Field(() => String, { description: "The text in Markdown: 1 to 20,000 characters." })
  body!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "A unique key, such as a UUID, of 1 to 200 characters. A second request with the same key returns the comment of the first.",
  })
  idempotencyKey?: string | null;
}

@InputType("EditCommentInput", { description: "Input of `editComment`." })
export class EditCommentInput {
  @Field(() => ID, { description: "ID of the comment." })
  commentId!: string;

  @Field(() => String, { description: "The new text in Markdown: 1 to 20,000 characters." })
  body!: string;

  @Field(() => String, previousValue("The text"))
  previousBody?: string | null;
}

@InputType("CommentInput", { description: "Identifies a comment." })
export class CommentInput {
  @Field(() => ID, { description: "ID of the comment." })
  commentId!: string;
}
