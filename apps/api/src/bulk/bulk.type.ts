/** Results of changes of many runs or experiments: the outcome for each, and the input that takes the change back. */
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { ExperimentType } from "../experiment/experiment.type.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";

/** Why one run or experiment was not changed, with the sentence for it. */
export const skipReasons = {
  NOT_FOUND: "There is no such object in this workspace.",
  LOCKED: "It is locked. Unlock it to change it.",
  UNCHANGED: "It is as requested already.",
  CHANGED_SINCE: "It has been changed since.",
  TOO_MANY_TAGS: "It would have more than 30 tags. Remove some first.",
  EXPERIMENT_ARCHIVED: "Its experiment is archived. Take it out of the archive to start runs in it.",
  IMPORTED: "It was imported, so it cannot be computed here.",
  MODEL_UNUSABLE: "Its model was refused or is still being checked.",
} as const;

export type SkipReason = keyof typeof skipReasons;

export const SkipReasonEnum = Object.fromEntries(Object.keys(skipReasons).map((name) => [name, name]));

registerEnumType(SkipReasonEnum, {
  name: "SkipReason",
  description: "Why a change of many runs or experiments has left one of them as it was.",
  valuesConfig: Object.fromEntries(Object.entries(skipReasons).map(([name, description]) => [name, { description }])),
});

@Requires("run:read")
@ObjectType("ChangedRun", { description: "What a change of many runs did to one of them." })
export class ChangedRun {
  @Field(() => ID, { description: "The ID or key with which the run was named." })
  readonly reference!: string;

  @Field(() => RunType, { nullable: true, description: "The run after the change; null if there is no such run." })
  readonly run!: unknown;

  @Field(() => SkipReasonEnum, { nullable: true, description: "Why the run was not changed; null if it was." })
  readonly skipped!: SkipReason | null;

  @Field(() => String, { nullable: true, description: "The reason as a sentence; null if the run was changed." })
  readonly message!: string | null;
}

@Requires("experiment:read")
@ObjectType("ChangedExperiment", { description: "What a change of many experiments did to one of them." })
export class ChangedExperiment {
  @Field(() => ID, { description: "The ID or key with which the experiment was named." })
  readonly reference!: string;

  @Field(() => ExperimentType, { nullable: true, description: "The experiment after the change; null if there is no such experiment." })
  readonly experiment!: unknown;

  @Field(() => SkipReasonEnum, { nullable: true, description: "Why the experiment was not changed; null if it was." })
  readonly skipped!: SkipReason | null;

  @Field(() => String, { nullable: true, description: "The reason as a sentence; null if the experiment was changed." })
  readonly message!: string | null;
}

@Requires("run:read")
@ObjectType("RunTagChange", { description: "Tags that runs gain and lose, as `tagRuns` takes it." })
export class RunTagChange {
  @Field(() => [ID], { description: "IDs of the runs." })
  readonly runIds!: readonly string[];

  @Field(() => [String], { description: "Tags to add." })
  readonly add!: readonly string[];

  @Field(() => [String], { description: "Tags to remove." })
  readonly remove!: readonly string[];
}

@Requires("experiment:read")
@ObjectType("ExperimentTagChange", { description: "Tags that experiments gain and lose, as `tagExperiments` takes it." })
export class ExperimentTagChange {
  @Field(() => [ID], { description: "IDs of the experiments." })
  readonly experimentIds!: readonly string[];

  @Field(() => [String], { description: "Tags to add." })
  readonly add!: readonly string[];

  @Field(() => [String], { description: "Tags to remove." })
  readonly remove!: readonly string[];
}

@Requires("run:read")
@ObjectType("RunMove", { description: "Runs and the experiment that they move to, as `moveRuns` takes it." })
export class RunMove {
  @Field(() => [ID], { description: "IDs of the runs." })
  readonly runIds!: readonly string[];

  @Field(() => ID, { description: "ID of the experiment." })
  readonly experimentId!: string;

  @Field(() => ID, { description: "ID of the experiment in which they are now." })
  readonly previousExperimentId!: string;
}

@Requires("run:read")
@ObjectType("RunAssignment", { description: "Runs and the member to whom they are assigned, as `assignRuns` takes it." })
export class RunAssignment {
  @Field(() => [ID], { description: "IDs of the runs." })
  readonly runIds!: readonly string[];

  @Field(() => ID, { nullable: true, description: "ID of the member (as a user); null for no one." })
  readonly assigneeId!: string | null;

  @Field(() => ID, { nullable: true, description: "ID of the member to whom they are assigned now; null for no one." })
  readonly previousAssigneeId!: string | null;
}
