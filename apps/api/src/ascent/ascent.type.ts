/** The result of starting a gradient ascent. */
import { Field, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { AscentRunType } from "../run/runsByKind.type.ts";

@Requires("run:start")
@ObjectType("StartAscentSuccess", { description: "The ascent is queued, now or by an earlier request with the same idempotency key." })
export class StartAscentSuccess {
  @Field(() => AscentRunType, { description: "The queued run." })
  readonly run!: unknown;
}

export const StartAscentPayload = payloadOf({
  name: "StartAscentPayload",
  description: "Result of `startAscent`.",
  success: StartAscentSuccess,
  missing: true,
});
