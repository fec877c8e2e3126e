/** Inputs that rename and annotate a run. */
import { Field, ID, InputType } from "type-graphql";
import { previousValue } from "../tracking/previousValue.ts";

@InputType("RenameRunInput", { description: "Input of `renameRun`." })
export class RenameRunInput {
  @Field(() => ID, { description: "The run's ID, or its key, such as RUN-142." })
  runId!: string;

  @Field(() => String, { description: "The new name, at most 120 characters; empty for the name made of method, model and preset." })
  name!: string;

  @Field(() => String, previousValue("The name"))
  previousName?: string | null;
}

@InputType("UpdateRunInput", { description: "Input of `updateRun`. What is absent stays." })
export class UpdateRunInput {
  @Field(() => ID, { description: "The run's ID, or its key, such as RUN-142." })
  runId!: string;

  @Field(() => String, { nullable: true, description: "Notes in Markdown, at most 20,000 characters." })
  notes?: string | null;

  @Field(() => String, previousValue("The notes"))
  previousNotes?: string | null;

  @Field(() => ID, { nullable: true, description: "ID of the member (as a user) to whom the run is assigned; null for no one." })
  assigneeId?: string | null;

  @Field(() => ID, previousValue("The assignee, or null for no one,"))
  previousAssigneeId?: string | null;
}
