/** The interface `Run` and the payloads of the mutations that pause, resume and cancel runs. */
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Field, Float, Int, InterfaceType, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { ParameterValuesScalar, RunManifestScalar } from "../openValue/openValues.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { EarlyStopEnum, RunControlEnum, RunStateEnum } from "./runState.type.ts";
import { runTypeNames } from "./runTypeName.ts";

@InterfaceType("Run", {
  implements: NodeInterface,
  description: "One execution of a method with a seed. Parameters, model, seed and engine determine the result.",
  resolveType: ({ kind }: RunRecord) => runTypeNames[kind],
})
export class RunType extends NodeInterface {
  @Field(() => RunStateEnum, { description: "How far the run is: queued, running, paused or ended." })
  readonly state!: string;

  @Field(() => RunControlEnum, { description: "Request to pause or cancel the run that its worker has not carried out yet." })
  readonly control!: string;

  @Field(() => String, { nullable: true, description: "Why the run failed or crashed; null otherwise." })
  readonly failure!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Why an outage paused the run, as a sentence; null otherwise. The run resumes by itself once the outage is over.",
  })
  readonly outage!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When the outage began; null if there was none, or once the run has stored progress again.",
  })
  readonly outageSince!: Date | null;

  @Field(() => String, { description: "ID of the run's kind; `runKinds` lists all kinds." })
  readonly kind!: string;

  @Field(() => String, { description: "ID of the preset that the run started from." })
  readonly preset!: string;

  @Field(() => ParameterValuesScalar, {
    description: "All parameter values by name: the method's and, for an evolution, the search's.",
  })
  readonly parameters!: unknown;

  @Field(() => Int, { description: "Seed of the run's random numbers, 0 to 2147483647." })
  readonly seed!: number;

  @Field(() => RunManifestScalar, {
    nullable: true,
    description: "Engine, instruction set, code version and model that the run uses; null before it starts.",
  })
  readonly manifest!: unknown;

  @Field(() => Int, {
    description: "Evaluations so far: images scored by an evolution or a chain, gradients computed by an ascent or an attack.",
  })
  readonly evaluations!: number;

  @Field(() => String, {
    nullable: true,
    description: "SHA-256 of the results at the last checkpoint; null before the first. Equal runs have equal hashes.",
  })
  readonly archiveHash!: string | null;

  @Field(() => EarlyStopEnum, {
    nullable: true,
    description: "The rule of its sweep that ended the run before the end of its plan; null otherwise.",
  })
  readonly stoppedBy!: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Evaluations per second: between the last two checkpoints while it is running, otherwise the mean over `computedSeconds`; null until measured.",
  })
  readonly speed!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Seconds from its creation until a worker first took it; null before that, and for an imported run that began elsewhere.",
  })
  readonly waitedSeconds!: number | null;

  @Field(() => Float, { description: "Seconds in which workers had it, up to its last checkpoint." })
  readonly computedSeconds!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Seconds from its first start to its end, or to its last checkpoint, with all pauses; null before its start.",
  })
  readonly elapsedSeconds!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Median confidence of the results at the last checkpoint, on stored images, 0 to 1: over classes (0 for an empty niche), trajectories, " +
      "attacks (0 for one that failed), or the images against a chain's last network. Null before the first result.",
  })
  readonly median!: number | null;

  @Field(() => Int, { description: "Results that meet the criterion of the run's kind; `outcome` states it." })
  readonly foolingCount!: number;

  @Field(() => Int, { description: "Number of results that the run should produce: classes, trajectories, attacks or networks." })
  readonly nicheCount!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the last checkpoint was written; null before the first." })
  readonly savedAt!: Date | null;

  @Field(() => DateTimeScalar, { description: "When the run was created." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When a worker first started the run; null before that." })
  readonly startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the run ended; null until then." })
  readonly endedAt!: Date | null;

  @Field(() => Int, { description: "Number of the last event in the run's log. Pass it as `since` when you subscribe." })
  readonly eventSeq!: number;
}

export const runConnection = connectionTypesOf({ noun: "Run", plural: "runs", node: RunType, action: "run:read" });

@Requires("run:pause")
@ObjectType("PauseRunSuccess", { description: "The run is paused, or its worker will pause it at the next checkpoint." })
export class PauseRunSuccess {
  @Field(() => RunType, { description: "The run in its current state." })
  readonly run!: unknown;
}

@Requires("run:resume")
@ObjectType("ResumeRunSuccess", { description: "The run is queued, or a pending request to pause it is withdrawn." })
export class ResumeRunSuccess {
  @Field(() => RunType, { description: "The run in its current state." })
  readonly run!: unknown;
}

@Requires("run:cancel")
@ObjectType("CancelRunSuccess", { description: "The run is cancelled, or its worker will cancel it soon." })
export class CancelRunSuccess {
  @Field(() => RunType, { description: "The run in its current state." })
  readonly run!: unknown;
}

export const PauseRunPayload = payloadOf({
  name: "PauseRunPayload",
  description: "Result of `pauseRun`.",
  success: PauseRunSuccess,
  missing: true,
});

export const ResumeRunPayload = payloadOf({
  name: "ResumeRunPayload",
  description: "Result of `resumeRun`.",
  success: ResumeRunSuccess,
  missing: true,
});

export const CancelRunPayload = payloadOf({
  name: "CancelRunPayload",
  description: "Result of `cancelRun`.",
  success: CancelRunSuccess,
  missing: true,
});
