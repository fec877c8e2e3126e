/** The result of the mutation that changes who may read an experiment. */
import { Field, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { ExperimentType } from "./experiment.type.ts";

@Requires("experiment:share")
@ObjectType("SetExperimentVisibilitySuccess", { description: "The experiment has the requested visibility." })
export class SetExperimentVisibilitySuccess {
  @Field(() => ExperimentType, { description: "The experiment after the change." })
  readonly experiment!: unknown;
}

export const SetExperimentVisibilityPayload = payloadOf({
  name: "SetExperimentVisibilityPayload",
  description: "Result of `setExperimentVisibility`.",
  success: SetExperimentVisibilitySuccess,
  missing: true,
});
