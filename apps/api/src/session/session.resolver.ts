/** Resolves the viewer's sessions. */
import type { SessionRecord } from "@pareidolia/persistence/access/accounts/sessions";
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { ViewerType } from "../viewer/viewer.type.ts";
import { RevokeSessionInput } from "./session.input.ts";
import { RevokeSessionPayload, SessionType, sessionConnection } from "./session.type.ts";
import { readUserAgent } from "./userAgent.ts";

@Resolver(() => ViewerType)
export class ViewerSessionsResolver {
  @FieldResolver(() => sessionConnection.connection, {
    description: "The browsers in which you are signed in, the most recently used first. An API key needs the scope ADMIN.",
  })
  sessions(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<SessionRecord>> {
    return services.sessions.list(actor, args);
  }
}

@Resolver(() => SessionType)
export class SessionResolver {
  @Requires("session:revoke")
  @Mutation(() => RevokeSessionPayload, { description: "Signs out one of your other browsers at once. No API key may do this." })
  revokeSession(
    @Arg("input", () => RevokeSessionInput, { description: "The session." }) { sessionId }: RevokeSessionInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ revokedId: string }>> {
    return resolvePayload("RevokeSessionSuccess", async () => ({
      revokedId: encodeGlobalId("Session", (await services.sessions.revoke(actor, sessionId)).id),
    }));
  }

  @FieldResolver(() => ID, { description: "ID of the session: opaque, and unique across all types. It is not the secret in the cookie." })
  id(@Root() { id }: SessionRecord): string {
    return encodeGlobalId("Session", id);
  }

  @FieldResolver()
  browser(@Root() { userAgent }: SessionRecord): string | null {
    return readUserAgent(userAgent).browser;
  }

  @FieldResolver()
  device(@Root() { userAgent }: SessionRecord): string | null {
    return readUserAgent(userAgent).device;
  }

  @FieldResolver()
  isCurrent(@Root() { id }: SessionRecord, @Ctx() { actor }: ApiContext): boolean {
    return actor.sessionId === id;
  }
}
