/** One seeded execution. */
import type { RunRecord } from "@pareidolia/persistence/queries/runQueries";
import { Field, Float, Int, InterfaceType, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar, JsonScalar } from "../scalars.ts";
import { RunControlEnum, RunStateEnum } from "./runState.type.ts";
import { runTypeNames } from "./runTypeName.ts";

@InterfaceType("Run", {
  implements: NodeInterface,
  description: "One seeded execution. Its settings, model, seed and engine determine the result.",
  resolveType: ({ kind }: RunRecord) => runTypeNames[kind],
})
export class RunType extends NodeInterface {
  @Field(() => RunStateEnum, { description: "Its state: queued, running, or how it ended." })
  readonly state!: string;

  @Field(() => RunControlEnum, { description: "A request to pause or cancel that its worker has not carried out yet." })
  readonly control!: string;

  @Field(() => String, { nullable: true, description: "Why it failed or crashed." })
  readonly failure!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Why an outage paused the run, as a sentence. The run continues by itself once the outage is over. Null otherwise.",
  })
  readonly outage!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the outage began." })
  readonly outageSince!: Date | null;

  @Field(() => String, { description: "Id of its kind; `runKinds` lists all kinds." })
  readonly kind!: string;

  @Field(() => String, { description: "Id of the preset that its parameters were taken from." })
  readonly preset!: string;

  @Field(() => JsonScalar, { description: "Every parameter of its method, and of the search around an encoding." })
  readonly parameters!: unknown;

  @Field(() => Int, { description: "Seed of all its random numbers." })
  readonly seed!: number;

  @Field(() => JsonScalar, {
    nullable: true,
    description: "Engine, instruction set, code version and model that it ran with; null before it started.",
  })
  readonly manifest!: unknown;

  @Field(() => Int, { description: "Evaluations up to the last checkpoint: images scored, or gradients taken." })
  readonly evaluations!: number;

  @Field(() => String, {
    nullable: true,
    description: "SHA-256 of the results at the last checkpoint: equal runs give equal hashes.",
  })
  readonly archiveHash!: string | null;

  @Field(() => Float, { nullable: true, description: "Evaluations per second." })
  readonly speed!: number | null;

  @Field(() => Float, { nullable: true, description: "Median confidence over the niches at the last checkpoint." })
  readonly median!: number | null;

  @Field(() => Int, { description: "Niches held at .9999 or more, measured on stored images." })
  readonly foolingCount!: number;

  @Field(() => Int, { description: "Number of niches: one per class of the model; for an ascent, one per trajectory." })
  readonly nicheCount!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the last checkpoint was written." })
  readonly savedAt!: Date | null;

  @Field(() => DateTimeScalar, { description: "When it was requested." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When a worker first started it." })
  readonly startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ended." })
  readonly endedAt!: Date | null;

  @Field(() => Int, { description: "Last number of its event log; pass it as `since` to subscribe." })
  readonly eventSeq!: number;
}

export const runConnection = connectionTypesOf({ noun: "Run", plural: "runs", node: RunType, action: "run:read" });

@Requires("run:pause")
@ObjectType("PauseRunSuccess", { description: "The run is paused, or will be at its worker's next checkpoint." })
export class PauseRunSuccess {
  @Field(() => RunType, { description: "The run as it is now." })
  readonly run!: unknown;
}

@Requires("run:resume")
@ObjectType("ResumeRunSuccess", { description: "The run is queued again." })
export class ResumeRunSuccess {
  @Field(() => RunType, { description: "The run as it is now." })
  readonly run!: unknown;
}

@Requires("run:cancel")
@ObjectType("CancelRunSuccess", { description: "The run is cancelled, or will be at its worker's next generation." })
export class CancelRunSuccess {
  @Field(() => RunType, { description: "The run as it is now." })
  readonly run!: unknown;
}

export const PauseRunPayload = payloadOf({
  name: "PauseRunPayload",
  description: "The result of `pauseRun`.",
  success: PauseRunSuccess,
  missing: true,
});

export const ResumeRunPayload = payloadOf({
  name: "ResumeRunPayload",
  description: "The result of `resumeRun`.",
  success: ResumeRunSuccess,
  missing: true,
});

export const CancelRunPayload = payloadOf({
  name: "CancelRunPayload",
  description: "The result of `cancelRun`.",
  success: CancelRunSuccess,
  missing: true,
});
