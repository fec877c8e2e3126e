/** Resolves the e-mails of the workspace. */
import type { EmailRecord } from "@pareidolia/persistence/workspace/emails/readEmails";
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { SendEmailAgainInput } from "./email.input.ts";
import { EmailType, emailConnection, SendEmailAgainPayload } from "./email.type.ts";

@Resolver(() => EmailType)
export class EmailResolver {
  @Requires("email:read")
  @Query(() => emailConnection.connection, { description: "E-mails about the workspace, latest first." })
  emails(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<EmailRecord>> {
    return services.emails.list(actor, args);
  }

  @Requires("email:sendAgain")
  @Mutation(() => SendEmailAgainPayload, { description: "Sends an e-mail that failed, or was written before there was a mail server." })
  sendEmailAgain(
    @Arg("input", () => SendEmailAgainInput, { description: "Input of `sendEmailAgain`." }) input: SendEmailAgainInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ email: EmailRecord }>> {
    return resolvePayload("SendEmailAgainSuccess", async () => ({ email: await services.emails.sendAgain(actor, input.emailId) }));
  }

  @FieldResolver(() => ID, { description: "ID of the e-mail: opaque, and unique across all types." })
  id(@Root() email: EmailRecord): string {
    return encodeGlobalId("Email", email.id);
  }
}
