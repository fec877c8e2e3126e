/** Payload of the mutation that starts an evolution. */
import { Field, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { EvolutionRunType } from "../run/runsByKind.type.ts";

@Requires("run:start")
@ObjectType("StartEvolutionSuccess", {
  description: "The evolution was started by this request or by an earlier one with the same idempotency key.",
})
export class StartEvolutionSuccess {
  @Field(() => EvolutionRunType, { description: "The new run, which waits for a worker." })
  readonly run!: unknown;
}

export const StartEvolutionPayload = payloadOf({
  name: "StartEvolutionPayload",
  description: "Result of `startEvolution`.",
  success: StartEvolutionSuccess,
  missing: true,
});
