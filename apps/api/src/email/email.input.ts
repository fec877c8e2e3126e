/** Names an e-mail. */
import { Field, ID, InputType } from "type-graphql";

@InputType("SendEmailAgainInput", { description: "Input of `sendEmailAgain`." })
export class SendEmailAgainInput {
  @Field(() => ID, { description: "ID of the e-mail." })
  emailId!: string;
}
