/** The viewer's sessions, without their tokens, and the payload of the mutation that ends a session. */
import { Field, ID, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("session:read")
@ObjectType("Session", { implements: NodeInterface, description: "A browser in which you are signed in. Visible only to you." })
export class SessionType extends NodeInterface {
  @Field(() => String, { nullable: true, description: "Browser, such as Firefox; null if it is not recognised." })
  readonly browser!: string | null;

  @Field(() => String, { nullable: true, description: "Operating system of the device, such as Windows; null if it is not recognised." })
  readonly device!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The browser's own description of itself, from which `browser` and `device` are read.",
  })
  readonly userAgent!: string | null;

  @Field(() => String, { nullable: true, description: "Network address from which you signed in; null if it is unknown." })
  readonly address!: string | null;

  @Field(() => DateTimeScalar, { description: "When you signed in." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { description: "When the session was last used, to within ten minutes." })
  readonly lastUsedAt!: Date;

  @Field(() => DateTimeScalar, { description: "When the session expires if it is not used." })
  readonly expiresAt!: Date;

  @Field(() => Boolean, { description: "Whether this request belongs to the session." })
  readonly isCurrent!: boolean;
}

export const sessionConnection = connectionTypesOf({ noun: "Session", plural: "sessions", node: SessionType, action: "session:read" });

@Requires("session:revoke")
@ObjectType("RevokeSessionSuccess", { description: "The browser is signed out." })
export class RevokeSessionSuccess {
  @Field(() => ID, { description: "ID of the ended session." })
  readonly revokedId!: string;
}

export const RevokeSessionPayload = payloadOf({
  name: "RevokeSessionPayload",
  description: "Result of `revokeSession`.",
  success: RevokeSessionSuccess,
  missing: true,
});
