/** Changes who may read an experiment. */
import { visibilities } from "@pareidolia/core/visibility";
import { Field, ID, InputType, registerEnumType } from "type-graphql";
import { previousValue } from "../tracking/previousValue.ts";

export const VisibilityEnum = Object.fromEntries(visibilities.map((visibility) => [visibility, visibility]));

registerEnumType(VisibilityEnum, {
  name: "Visibility",
  description: "Who may read an experiment: its runs, results and images, including source photos.",
  valuesConfig: {
    PRIVATE: { description: "Members of its workspace." },
    UNLISTED: { description: "Members, and every holder of the link, signed in or not." },
    PUBLIC: { description: "Every visitor, signed in or not; `publicExperiments` lists it." },
  },
});

@InputType("SetExperimentVisibilityInput", { description: "Input of `setExperimentVisibility`." })
export class SetExperimentVisibilityInput {
  @Field(() => ID, { description: "ID of the experiment, or its key such as EXP-12." })
  experimentId!: string;

  @Field(() => VisibilityEnum, { description: "Who may read it from now on." })
  visibility!: string;

  @Field(() => VisibilityEnum, previousValue("The visibility"))
  previousVisibility?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True to replace the link of an experiment that is already UNLISTED: the earlier link stops working. Default: false.",
  })
  renewLink?: boolean | null;
}
