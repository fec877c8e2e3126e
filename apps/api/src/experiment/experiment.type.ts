/** An experiment: a named set of runs that answers one question. */
import { Field, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { VisibilityEnum } from "./experimentSharing.input.ts";

@Requires("experiment:read")
@ObjectType("Experiment", { implements: NodeInterface, description: "A named set of runs that answers one question." })
export class ExperimentType extends NodeInterface {
  @Field(() => String, { description: "The name that its members gave it, such as Ten digits." })
  readonly name!: string;

  @Field(() => String, { description: "Description of the experiment; may be empty." })
  readonly description!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the experiment was archived; null if it is not archived." })
  readonly archivedAt!: Date | null;

  @Field(() => VisibilityEnum, { description: "Who may read the experiment." })
  readonly visibility!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "Since when the experiment is public; null if it is not." })
  readonly publishedAt!: Date | null;

  @Field(() => String, { description: "Name of the workspace that it belongs to." })
  readonly workspaceName!: string;

  @Field(() => String, { description: "Short name of the workspace that it belongs to, for URLs such as /w/lab/experiments/EXP-12." })
  readonly workspaceSlug!: string;

  @Field(() => DateTimeScalar, { description: "When the experiment was created." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { description: "When the experiment was last changed, or a run was last started in it." })
  readonly updatedAt!: Date;
}

export const experimentConnection = connectionTypesOf({
  noun: "Experiment",
  plural: "experiments",
  node: ExperimentType,
  action: "experiment:read",
});

@Requires("experiment:create")
@ObjectType("CreateExperimentSuccess", {
  description: "The experiment was created, now or by an earlier request with the same idempotency key.",
})
export class CreateExperimentSuccess {
  @Field(() => ExperimentType, { description: "The created experiment." })
  readonly experiment!: unknown;
}

@Requires("experiment:archive")
@ObjectType("ArchiveExperimentSuccess", { description: "The experiment is archived or restored, as requested." })
export class ArchiveExperimentSuccess {
  @Field(() => ExperimentType, { description: "The experiment after the change." })
  readonly experiment!: unknown;
}

export const CreateExperimentPayload = payloadOf({
  name: "CreateExperimentPayload",
  description: "Result of `createExperiment`.",
  success: CreateExperimentSuccess,
  missing: false,
});

export const ArchiveExperimentPayload = payloadOf({
  name: "ArchiveExperimentPayload",
  description: "Result of `archiveExperiment`.",
  success: ArchiveExperimentSuccess,
  missing: true,
});
