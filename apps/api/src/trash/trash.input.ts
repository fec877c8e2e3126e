/** Inputs of the mutations of the trash. */
import { Field, ID, InputType } from "type-graphql";

@InputType("TrashRunsInput", { description: "Input of `trashRuns` and `restoreRuns`." })
export class TrashRunsInput {
  @Field(() => [ID], { description: "IDs or keys of the runs, 1 to 500." })
  runIds!: string[];
}

@InputType("TrashExperimentsInput", { description: "Input of `trashExperiments` and `restoreExperiments`." })
export class TrashExperimentsInput {
  @Field(() => [ID], { description: "IDs or keys of the experiments, 1 to 500." })
  experimentIds!: string[];
}

@InputType("DeleteFromTrashInput", { description: "Input of `deleteFromTrash`." })
export class DeleteFromTrashInput {
  @Field(() => [ID], { description: "IDs or keys of runs and experiments in the trash, 1 to 500." })
  ids!: string[];
}
