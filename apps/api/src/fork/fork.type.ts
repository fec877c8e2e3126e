/** Types of forks and of the settings in which runs differ. */
import { Field, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { ParameterValueScalar } from "../openValue/openValues.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";

@Requires("run:fork")
@ObjectType("ForkRunSuccess", { description: "The fork was queued by this request or by an earlier one with the same idempotency key." })
export class ForkRunSuccess {
  @Field(() => RunType, { description: "The fork." })
  readonly run!: unknown;
}

export const ForkRunPayload = payloadOf({
  name: "ForkRunPayload",
  description: "Result of `forkRun`.",
  success: ForkRunSuccess,
  missing: true,
});

@Requires("run:read")
@ObjectType("SettingDifference", { description: "A setting that differs between a run and the run that it comes from." })
export class SettingDifferenceType {
  @Field(() => String, { description: "Name of the setting, such as `mutationRate` or `seed`." })
  readonly name!: string;

  @Field(() => String, { description: "Display name of the setting." })
  readonly label!: string;

  @Field(() => ParameterValueScalar, {
    nullable: true,
    description: "Value in the run that it comes from; null if that run does not have the setting.",
  })
  readonly before!: unknown;

  @Field(() => ParameterValueScalar, { nullable: true, description: "Value in this run; null if this run does not have the setting." })
  readonly after!: unknown;
}
