/** Input that renames and annotates an experiment. */
import { Field, ID, InputType } from "type-graphql";
import { previousValue } from "../tracking/previousValue.ts";

@InputType("UpdateExperimentInput", { description: "Input of `updateExperiment`. What is absent stays." })
export class UpdateExperimentInput {
  @Field(() => ID, { description: "ID of the experiment, or its key such as EXP-12." })
  experimentId!: string;

  @Field(() => String, { nullable: true, description: "Name of the experiment: 1 to 120 characters." })
  name?: string | null;

  @Field(() => String, previousValue("The name"))
  previousName?: string | null;

  @Field(() => String, { nullable: true, description: "Description of the experiment: at most 2,000 characters." })
  description?: string | null;

  @Field(() => String, previousValue("The description"))
  previousDescription?: string | null;

  @Field(() => String, { nullable: true, description: "Notes in Markdown, at most 20,000 characters." })
  notes?: string | null;

  @Field(() => String, previousValue("The notes"))
  previousNotes?: string | null;

  @Field(() => ID, { nullable: true, description: "ID of the member (as a user) to whom the experiment is assigned; null for no one." })
  assigneeId?: string | null;

  @Field(() => ID, previousValue("The assignee, or null for no one,"))
  previousAssigneeId?: string | null;
}
