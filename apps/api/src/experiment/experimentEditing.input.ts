/** Input that renames and annotates an experiment. */
import { Field, ID, InputType } from "type-graphql";

@InputType("UpdateExperimentInput", { description: "Input of `updateExperiment`. What is absent stays." })
export class UpdateExperimentInput {
  @Field(() => ID, { description: "ID of the experiment, or its key such as EXP-12." })
  experimentId!: string;

  @Field(() => String, { nullable: true, description: "Name of the experiment: 1 to 120 characters." })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The name that you replace. If another member has changed it since, the change is refused as a conflict.",
  })
  previousName?: string | null;

  @Field(() => String, { nullable: true, description: "Description of the experiment: at most 2,000 characters." })
  description?: string | null;

  @Field(() => String, { nullable: true, description: "Notes in Markdown, at most 20,000 characters." })
  notes?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The notes that you have edited. If another member has changed them since, the change is refused as a conflict.",
  })
  previousNotes?: string | null;

  @Field(() => ID, { nullable: true, description: "ID of the member (as a user) to whom the experiment is assigned; null for no one." })
  assigneeId?: string | null;
}
