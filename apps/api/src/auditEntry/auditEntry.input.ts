/** Filters of the audit log. */
import { Field, ID, InputType } from "type-graphql";
import { DateTimeScalar } from "../scalars.ts";

@InputType("AuditFilter", { description: "Filters for audit entries. An entry must match all of them; null leaves a filter out." })
export class AuditFilterInput {
  @Field(() => ID, { nullable: true, description: "Only what this user did (ID of a User)." })
  userId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only what was done with this API key." })
  keyId?: string | null;

  @Field(() => [String], { nullable: true, description: 'Only these actions, such as "run:start".' })
  actions?: string[] | null;

  @Field(() => [String], { nullable: true, description: "No entry of these actions." })
  exceptActions?: string[] | null;

  @Field(() => ID, { nullable: true, description: "Only what was done to this object." })
  subjectId?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "Only entries from this time on." })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "Only entries before this time." })
  until?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: "Text to find anywhere in an entry, ignoring case, such as a name, a key or an address; at most 200 characters.",
  })
  search?: string | null;
}
