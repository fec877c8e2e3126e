/** An e-mail that Pareidolia sent, or would have sent with a mail server. */
import type { EmailState } from "@pareidolia/persistence/workspace/emails/readEmails";
import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

const states: { readonly [State in EmailState]: State } = { WAITING: "WAITING", SENT: "SENT", FAILED: "FAILED", UNSENT: "UNSENT" };

registerEnumType(states, {
  name: "EmailState",
  description: "How far an e-mail is.",
  valuesConfig: {
    WAITING: { description: "It waits for the first attempt, or for another one after a failure." },
    SENT: { description: "The mail server has accepted it." },
    FAILED: { description: "It could not be sent, and is not tried again." },
    UNSENT: { description: "There is no mail server. Its text is here, and in a file of the data folder." },
  },
});

@Requires("email:read")
@ObjectType("Email", {
  implements: NodeInterface,
  description: "An e-mail about the workspace. E-mails about accounts, such as those with a link for a new password, are never listed.",
})
export class EmailType extends NodeInterface {
  @Field(() => String, { description: "E-mail address of the recipient." })
  readonly to!: string;

  @Field(() => String, { description: "The subject line that the recipient sees." })
  readonly subject!: string;

  @Field(() => String, {
    description:
      "Plain text, without the secret part of an invitation's link: only the recipient gets that, and the owner who invited, from `inviteMember`.",
  })
  readonly text!: string;

  @Field(() => states, { description: "How far it is." })
  readonly state!: EmailState;

  @Field(() => DateTimeScalar, { description: "When it was written." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the mail server accepted it; null if it has not." })
  readonly sentAt!: Date | null;

  @Field(() => Int, { description: "Number of attempts so far." })
  readonly attempts!: number;

  @Field(() => String, { nullable: true, description: "Why the last attempt failed; null if none did." })
  readonly failure!: string | null;
}

export const emailConnection = connectionTypesOf({ noun: "Email", plural: "e-mails", node: EmailType, action: "email:read" });

@Requires("email:sendAgain")
@ObjectType("SendEmailAgainSuccess", { description: "The e-mail is queued." })
export class SendEmailAgainSuccess {
  @Field(() => EmailType, { description: "The e-mail." })
  readonly email!: unknown;
}

export const SendEmailAgainPayload = payloadOf({
  name: "SendEmailAgainPayload",
  description: "Result of `sendEmailAgain`.",
  success: SendEmailAgainSuccess,
  missing: true,
});
