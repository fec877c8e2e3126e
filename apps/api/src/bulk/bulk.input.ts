/** Inputs of the mutations that change many runs or experiments. Each names at most 500 of them. */
import { Extensions, Field, ID, InputType, registerEnumType } from "type-graphql";
import { maxSubjects } from "../tracking/texts.ts";

export const RerunSeedsEnum = { SAME: "same", NEXT: "next" } as const;

registerEnumType(RerunSeedsEnum, {
  name: "RerunSeeds",
  description: "Seeds of new runs.",
  valuesConfig: {
    SAME: { description: "That of the run: the new run gives the same result." },
    NEXT: { description: "Those after the largest seed of its experiment: the new run is a further replicate." },
  },
});

@InputType("RunTagChangeInput", { description: "Tags that runs gain and lose." })
export class RunTagChangeInput {
  @Extensions({ longest: maxSubjects })
  @Field(() => [ID], { description: "The runs, by ID or key such as RUN-142; at most 500 in one request." })
  runIds!: string[];

  @Field(() => [String], {
    nullable: true,
    description: "Tags to add; new ones are created. 1 to 40 characters each, stored in lower case.",
  })
  add?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Tags to remove." })
  remove?: string[] | null;
}

@InputType("TagRunsInput", { description: "Input of `tagRuns`." })
export class TagRunsInput {
  @Extensions({ longest: maxSubjects })
  @Field(() => [RunTagChangeInput], { description: "What changes; each run at most once." })
  changes!: RunTagChangeInput[];
}

@InputType("ExperimentTagChangeInput", { description: "Tags that experiments gain and lose." })
export class ExperimentTagChangeInput {
  @Extensions({ longest: maxSubjects })
  @Field(() => [ID], { description: "The experiments, by ID or key such as EXP-12; at most 500 in one request." })
  experimentIds!: string[];

  @Field(() => [String], {
    nullable: true,
    description: "Tags to add; new ones are created. 1 to 40 characters each, stored in lower case.",
  })
  add?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Tags to remove." })
  remove?: string[] | null;
}

@InputType("TagExperimentsInput", { description: "Input of `tagExperiments`." })
export class TagExperimentsInput {
  @Extensions({ longest: maxSubjects })
  @Field(() => [ExperimentTagChangeInput], { description: "What changes; each experiment at most once." })
  changes!: ExperimentTagChangeInput[];
}

@InputType("RunsInput", { description: "Names runs." })
export class RunsInput {
  @Extensions({ longest: maxSubjects })
  @Field(() => [ID], { description: "The runs, by ID or key such as RUN-142; at most 500 in one request." })
  runIds!: string[];
}

@InputType("ExperimentsInput", { description: "Names experiments." })
export class ExperimentsInput {
  @Extensions({ longest: maxSubjects })
  @Field(() => [ID], { description: "The experiments, by ID or key such as EXP-12; at most 500 in one request." })
  experimentIds!: string[];
}

@InputType("RunMoveInput", { description: "Runs and the experiment that they move to." })
export class RunMoveInput {
  @Extensions({ longest: maxSubjects })
  @Field(() => [ID], { description: "The runs, by ID or key such as RUN-142; at most 500 in one request." })
  runIds!: string[];

  @Field(() => ID, { description: "ID of the experiment, or its key such as EXP-12." })
  experimentId!: string;

  @Field(() => ID, {
    nullable: true,
    description: "The experiment in which you expect the runs, by ID or key; runs that have been moved since are skipped. Default: any.",
  })
  previousExperimentId?: string | null;
}

@InputType("MoveRunsInput", { description: "Input of `moveRuns`." })
export class MoveRunsInput {
  @Extensions({ longest: maxSubjects })
  @Field(() => [RunMoveInput], { description: "Which runs move where; each run at most once." })
  moves!: RunMoveInput[];
}

@InputType("RunAssignmentInput", { description: "Runs and the member to whom they are assigned." })
export class RunAssignmentInput {
  @Extensions({ longest: maxSubjects })
  @Field(() => [ID], { description: "The runs, by ID or key such as RUN-142; at most 500 in one request." })
  runIds!: string[];

  @Field(() => ID, { nullable: true, description: "ID of the member (as a user); null for no one." })
  assigneeId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "ID of the member to whom you expect the runs to be assigned; null for no one. Runs that have been reassigned since are skipped. Default: any.",
  })
  previousAssigneeId?: string | null;
}

@InputType("AssignRunsInput", { description: "Input of `assignRuns`." })
export class AssignRunsInput {
  @Extensions({ longest: maxSubjects })
  @Field(() => [RunAssignmentInput], { description: "Which runs are assigned to whom; each run at most once." })
  assignments!: RunAssignmentInput[];
}

@InputType("RerunRunsInput", { description: "Input of `rerunRuns`." })
export class RerunRunsInput {
  @Extensions({ longest: maxSubjects })
  @Field(() => [ID], { description: "The runs, by ID or key such as RUN-142; at most 500 in one request." })
  runIds!: string[];

  @Field(() => RerunSeedsEnum, { description: "Seeds of the new runs." })
  seeds!: "same" | "next";

  @Field(() => String, {
    nullable: true,
    description: "A unique key, such as a UUID, of 1 to 100 characters. A second request with the same key returns the runs of the first.",
  })
  idempotencyKey?: string | null;
}
