/** A comment on a run or an experiment, and the payloads of its mutations. */
import { Field, ID, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("comment:read")
@ObjectType("Comment", { implements: NodeInterface, description: "A member's comment on a run or an experiment." })
export class CommentType extends NodeInterface {
  @Field(() => String, { description: "The text in Markdown, 1 to 20,000 characters. Clients must not interpret HTML in it." })
  readonly body!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Name of its author where it was written, if an import has restored it; `author` is then the member who imported it. Null for all others.",
  })
  readonly sourceAuthor!: string | null;

  @Field(() => DateTimeScalar, { description: "When it was written." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was last edited; null if it never was." })
  readonly editedAt!: Date | null;
}

export const commentConnection = connectionTypesOf({ noun: "Comment", plural: "comments", node: CommentType, action: "comment:read" });

@Requires("comment:add")
@ObjectType("AddCommentSuccess", { description: "The comment was added, now or by an earlier request with the same idempotency key." })
export class AddCommentSuccess {
  @Field(() => CommentType, { description: "The comment as others see it now." })
  readonly comment!: unknown;
}

@Requires("comment:edit")
@ObjectType("EditCommentSuccess", { description: "The comment has the new text." })
export class EditCommentSuccess {
  @Field(() => CommentType, { description: "The edited comment." })
  readonly comment!: unknown;
}

@Requires("comment:delete")
@ObjectType("DeleteCommentSuccess", { description: "The comment is deleted. `restoreComment` undoes this within an hour." })
export class DeleteCommentSuccess {
  @Field(() => ID, { description: "ID of the deleted comment." })
  readonly deletedId!: string;
}

@Requires("comment:restore")
@ObjectType("RestoreCommentSuccess", { description: "The comment is back, with its author and dates." })
export class RestoreCommentSuccess {
  @Field(() => CommentType, { description: "The restored comment." })
  readonly comment!: unknown;
}

export const AddCommentPayload = payloadOf({
  name: "AddCommentPayload",
  description: "Result of `addComment`.",
  success: AddCommentSuccess,
  missing: true,
});

export const EditCommentPayload = payloadOf({
  name: "EditCommentPayload",
  description: "Result of `editComment`.",
  success: EditCommentSuccess,
  missing: true,
});

export const DeleteCommentPayload = payloadOf({
  name: "DeleteCommentPayload",
  description: "Result of `deleteComment`.",
  success: DeleteCommentSuccess,
  missing: true,
});

export const RestoreCommentPayload = payloadOf({
  name: "RestoreCommentPayload",
  description: "Result of `restoreComment`.",
  success: RestoreCommentSuccess,
  missing: true,
});
