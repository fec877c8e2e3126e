/** What is asked: a named set of runs. */
import { Field, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("experiment:read")
@ObjectType("Experiment", { implements: NodeInterface, description: "What is asked: a named set of runs." })
export class ExperimentType extends NodeInterface {
  @Field(() => String, { description: "For people." })
  readonly name!: string;

  @Field(() => String, { description: "What it is about; may be empty." })
  readonly description!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was put away; null while it is not." })
  readonly archivedAt!: Date | null;

  @Field(() => DateTimeScalar, { description: "When it was made." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { description: "When it was last changed, or a run was last started in it." })
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
  description: "The experiment was made, now or by an earlier request with the same idempotency key.",
})
export class CreateExperimentSuccess {
  @Field(() => ExperimentType, { description: "The new experiment." })
  readonly experiment!: unknown;
}

@Requires("experiment:archive")
@ObjectType("ArchiveExperimentSuccess", { description: "The experiment is where it was asked to be." })
export class ArchiveExperimentSuccess {
  @Field(() => ExperimentType, { description: "The experiment as it is now." })
  readonly experiment!: unknown;
}

export const CreateExperimentPayload = payloadOf({
  name: "CreateExperimentPayload",
  description: "What `createExperiment` answers.",
  success: CreateExperimentSuccess,
  missing: false,
});

export const ArchiveExperimentPayload = payloadOf({
  name: "ArchiveExperimentPayload",
  description: "What `archiveExperiment` answers.",
  success: ArchiveExperimentSuccess,
  missing: true,
});
