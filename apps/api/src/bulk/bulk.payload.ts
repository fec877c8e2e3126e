/** Payloads of the mutations that change many runs or experiments. */
import { Extensions, Field, ID, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import { maxSubjects } from "../tracking/texts.ts";
import { ChangedExperiment, ChangedRun, ExperimentTagChange, RunAssignment, RunMove, RunTagChange } from "./bulk.type.ts";

@Requires("run:tag")
@ObjectType("TagRunsSuccess", { description: "The runs have the tags as requested, except skipped ones." })
export class TagRunsSuccess {
  @Extensions({ longest: maxSubjects })
  @Field(() => [ChangedRun], { description: "The outcome for each run, in the order of the input." })
  readonly items!: readonly unknown[];

  @Extensions({ longest: maxSubjects })
  @Field(() => [RunTagChange], { description: "The `changes` with which `tagRuns` takes exactly this change back." })
  readonly undo!: readonly unknown[];
}

export const TagRunsPayload = payloadOf({
  name: "TagRunsPayload",
  description: "Result of `tagRuns`.",
  success: TagRunsSuccess,
  missing: true,
});

@Requires("run:archive")
@ObjectType("ArchiveRunsSuccess", { description: "The runs are archived, except skipped ones." })
export class ArchiveRunsSuccess {
  @Extensions({ longest: maxSubjects })
  @Field(() => [ChangedRun], { description: "The outcome for each run, in the order of the input." })
  readonly items!: readonly unknown[];

  @Extensions({ longest: maxSubjects })
  @Field(() => [ID], { description: "IDs of the archived runs, with which `unarchiveRuns` takes this change back." })
  readonly undo!: readonly unknown[];
}

export const ArchiveRunsPayload = payloadOf({
  name: "ArchiveRunsPayload",
  description: "Result of `archiveRuns`.",
  success: ArchiveRunsSuccess,
  missing: true,
});

@Requires("run:archive")
@ObjectType("UnarchiveRunsSuccess", { description: "The runs are no longer archived, except skipped ones." })
export class UnarchiveRunsSuccess {
  @Extensions({ longest: maxSubjects })
  @Field(() => [ChangedRun], { description: "The outcome for each run, in the order of the input." })
  readonly items!: readonly unknown[];

  @Extensions({ longest: maxSubjects })
  @Field(() => [ID], { description: "IDs of the runs that were archived, with which `archiveRuns` takes this change back." })
  readonly undo!: readonly unknown[];
}

export const UnarchiveRunsPayload = payloadOf({
  name: "UnarchiveRunsPayload",
  description: "Result of `unarchiveRuns`.",
  success: UnarchiveRunsSuccess,
  missing: true,
});

@Requires("run:move")
@ObjectType("MoveRunsSuccess", { description: "The runs belong to the experiments as requested, except skipped ones." })
export class MoveRunsSuccess {
  @Extensions({ longest: maxSubjects })
  @Field(() => [ChangedRun], { description: "The outcome for each run, in the order of the input." })
  readonly items!: readonly unknown[];

  @Extensions({ longest: maxSubjects })
  @Field(() => [RunMove], { description: "The `moves` with which `moveRuns` takes exactly this change back." })
  readonly undo!: readonly unknown[];
}

export const MoveRunsPayload = payloadOf({
  name: "MoveRunsPayload",
  description: "Result of `moveRuns`.",
  success: MoveRunsSuccess,
  missing: true,
});

@Requires("run:assign")
@ObjectType("AssignRunsSuccess", { description: "The runs are assigned as requested, except skipped ones." })
export class AssignRunsSuccess {
  @Extensions({ longest: maxSubjects })
  @Field(() => [ChangedRun], { description: "The outcome for each run, in the order of the input." })
  readonly items!: readonly unknown[];

  @Extensions({ longest: maxSubjects })
  @Field(() => [RunAssignment], { description: "The `assignments` with which `assignRuns` takes exactly this change back." })
  readonly undo!: readonly unknown[];
}

export const AssignRunsPayload = payloadOf({
  name: "AssignRunsPayload",
  description: "Result of `assignRuns`.",
  success: AssignRunsSuccess,
  missing: true,
});

@Requires("run:start")
@ObjectType("RerunRunsSuccess", {
  description: "New runs were started, now or by an earlier request with the same idempotency key, except for skipped ones.",
})
export class RerunRunsSuccess {
  @Extensions({ longest: maxSubjects })
  @Field(() => [ChangedRun], { description: "The outcome for each run, in the order of the input." })
  readonly items!: readonly unknown[];

  @Extensions({ longest: maxSubjects })
  @Field(() => [RunType], {
    description: "The new runs, in the order of the runs that were not skipped. Cancel and delete them to take this back.",
  })
  readonly runs!: readonly unknown[];
}

export const RerunRunsPayload = payloadOf({
  name: "RerunRunsPayload",
  description: "Result of `rerunRuns`.",
  success: RerunRunsSuccess,
  missing: true,
  quota: true,
});

@Requires("experiment:tag")
@ObjectType("TagExperimentsSuccess", { description: "The experiments have the tags as requested, except skipped ones." })
export class TagExperimentsSuccess {
  @Extensions({ longest: maxSubjects })
  @Field(() => [ChangedExperiment], { description: "The outcome for each experiment, in the order of the input." })
  readonly items!: readonly unknown[];

  @Extensions({ longest: maxSubjects })
  @Field(() => [ExperimentTagChange], { description: "The `changes` with which `tagExperiments` takes exactly this change back." })
  readonly undo!: readonly unknown[];
}

export const TagExperimentsPayload = payloadOf({
  name: "TagExperimentsPayload",
  description: "Result of `tagExperiments`.",
  success: TagExperimentsSuccess,
  missing: true,
});

@Requires("experiment:archive")
@ObjectType("ArchiveExperimentsSuccess", { description: "The experiments are archived, except skipped ones." })
export class ArchiveExperimentsSuccess {
  @Extensions({ longest: maxSubjects })
  @Field(() => [ChangedExperiment], { description: "The outcome for each experiment, in the order of the input." })
  readonly items!: readonly unknown[];

  @Extensions({ longest: maxSubjects })
  @Field(() => [ID], { description: "IDs of the archived experiments, with which `unarchiveExperiments` takes this change back." })
  readonly undo!: readonly unknown[];
}

export const ArchiveExperimentsPayload = payloadOf({
  name: "ArchiveExperimentsPayload",
  description: "Result of `archiveExperiments`.",
  success: ArchiveExperimentsSuccess,
  missing: true,
});

@Requires("experiment:archive")
@ObjectType("UnarchiveExperimentsSuccess", { description: "The experiments are no longer archived, except skipped ones." })
export class UnarchiveExperimentsSuccess {
  @Extensions({ longest: maxSubjects })
  @Field(() => [ChangedExperiment], { description: "The outcome for each experiment, in the order of the input." })
  readonly items!: readonly unknown[];

  @Extensions({ longest: maxSubjects })
  @Field(() => [ID], { description: "IDs of the experiments that were archived, with which `archiveExperiments` takes this change back." })
  readonly undo!: readonly unknown[];
}

export const UnarchiveExperimentsPayload = payloadOf({
  name: "UnarchiveExperimentsPayload",
  description: "Result of `unarchiveExperiments`.",
  success: UnarchiveExperimentsSuccess,
  missing: true,
});
