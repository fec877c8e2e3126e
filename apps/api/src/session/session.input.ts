/** Ends a session. */
import { Field, ID, InputType } from "type-graphql";

@InputType("RevokeSessionInput", { description: "Input of `revokeSession`." })
export class RevokeSessionInput {
  @Field(() => ID, { description: "ID of one of your sessions, other than that of the request." })
  sessionId!: string;
}
