/** Payloads of the mutations that start an evolution. */
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

@Requires("run:start")
@ObjectType("StartRunSuccess", {
  description: "The evolution was started by this request or by an earlier one with the same idempotency key.",
})
export class StartRunSuccess {
  @Field(() => EvolutionRunType, { description: "The new run, which waits for a worker." })
  readonly run!: unknown;
}

export const StartEvolutionPayload = payloadOf({
  name: "StartEvolutionPayload",
  description: "Result of `startEvolution`.",
  success: StartEvolutionSuccess,
  missing: true,
});

export const StartRunPayload = payloadOf({
  name: "StartRunPayload",
  description: "Result of `startRun`.",
  success: StartRunSuccess,
  missing: true,
});
