/** Payload of `updateExperiment`. */
import { Field, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { ExperimentType } from "./experiment.type.ts";

@Requires("experiment:update")
@ObjectType("UpdateExperimentSuccess", { description: "The experiment is changed as requested." })
export class UpdateExperimentSuccess {
  @Field(() => ExperimentType, { description: "The changed experiment." })
  readonly experiment!: unknown;
}

export const UpdateExperimentPayload = payloadOf({
  name: "UpdateExperimentPayload",
  description: "Result of `updateExperiment`.",
  success: UpdateExperimentSuccess,
  missing: true,
});
