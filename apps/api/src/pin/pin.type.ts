/** Payloads of the mutations of pins. */
import { Field, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { ExperimentType } from "../experiment/experiment.type.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";

@Requires("pin:set")
@ObjectType("PinSuccess", { description: "The run or experiment is pinned or not, as requested." })
export class PinSuccess {
  @Field(() => RunType, { nullable: true, description: "The run; null for an experiment." })
  readonly run!: unknown;

  @Field(() => ExperimentType, { nullable: true, description: "The experiment; null for a run." })
  readonly experiment!: unknown;
}

export const PinPayload = payloadOf({
  name: "PinPayload",
  description: "Result of `pin` and `unpin`.",
  success: PinSuccess,
  missing: true,
});
