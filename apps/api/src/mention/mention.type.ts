/** A mention of a run or an experiment in a comment or in notes. */
import { Field, ObjectType } from "type-graphql";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("comment:read")
@ObjectType("Mention", { description: "A mention of a run or an experiment, by its key, in a comment or in notes elsewhere." })
export class MentionType {
  @Field(() => String, {
    description: "The words around the key on one line, at most 200 characters, in Markdown. Clients must not interpret HTML in them.",
  })
  readonly excerpt!: string;

  @Field(() => DateTimeScalar, {
    description: "When the comment was written. For notes, when their run or experiment was created.",
  })
  readonly at!: Date;
}

export const mentionConnection = connectionTypesOf({
  noun: "Mention",
  plural: "mentions",
  node: MentionType,
  action: "comment:read",
});
