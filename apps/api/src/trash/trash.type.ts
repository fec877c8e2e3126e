/** The trash: its items, what deleting them would free, and the payloads of its mutations. */
import { Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { RunStateEnum } from "../run/runState.type.ts";
import { DateTimeScalar } from "../scalars.ts";
import { RefusedItemType } from "./refusedItem.type.ts";

export const TrashSubject = { RUN: "RUN", EXPERIMENT: "EXPERIMENT" } as const;

registerEnumType(TrashSubject, {
  name: "TrashSubject",
  description: "Type of an item in the trash.",
  valuesConfig: {
    RUN: { description: "A run that was trashed without its experiment." },
    EXPERIMENT: { description: "An experiment, with the runs that were trashed with it." },
  },
});

@Requires("trash:read")
@ObjectType("TrashItem", { description: "A run or an experiment in the trash. No other list or search shows it until it is restored." })
export class TrashItemType {
  @Field(() => TrashSubject, { description: "Whether it is a run or an experiment." })
  readonly subject!: string;

  @Field(() => String, { description: "Name of the experiment, or the name that members gave the run; may be empty." })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: "ID of a run's kind; null for an experiment." })
  readonly kind!: string | null;

  @Field(() => RunStateEnum, { nullable: true, description: "State of a run; null for an experiment." })
  readonly state!: string | null;

  @Field(() => String, { nullable: true, description: "Name of a run's model; null for an experiment." })
  readonly modelName!: string | null;

  @Field(() => Int, { description: "Number of runs: those that were trashed with the experiment, or 1 for a run." })
  readonly runCount!: number;

  @Field(() => Boolean, { description: "Whether the run's experiment is in the trash, too. Restore the experiment first." })
  readonly experimentTrashed!: boolean;

  @Field(() => DateTimeScalar, { description: "When it was moved to the trash." })
  readonly trashedAt!: Date;
}

export const trashConnection = connectionTypesOf({
  noun: "TrashItem",
  plural: "items in the trash",
  node: TrashItemType,
  action: "trash:read",
});

@Requires("trash:read")
@ObjectType("TrashPreview", { description: "What permanently deleting runs and experiments would remove." })
export class TrashPreviewType {
  @Field(() => Int, { description: "Number of experiments." })
  readonly experiments!: number;

  @Field(() => Int, { description: "Number of runs, including the experiments' runs." })
  readonly runs!: number;

  @Field(() => Int, { description: "Number of these runs that a worker is computing. Trashing cancels them." })
  readonly running!: number;

  @Field(() => Int, { description: "Number of elites, including replaced ones." })
  readonly elites!: number;

  @Field(() => Int, { description: "Number of genomes." })
  readonly genomes!: number;

  @Field(() => Int, { description: "Number of trajectories." })
  readonly trajectories!: number;

  @Field(() => Int, { description: "Number of perturbations." })
  readonly perturbations!: number;

  @Field(() => Int, { description: "Number of generations with statistics." })
  readonly generations!: number;

  @Field(() => Int, { description: "Number of events in the runs' logs." })
  readonly events!: number;

  @Field(() => Int, { description: "Number of links of retraining chains. Their trained networks are kept as models." })
  readonly links!: number;

  @Field(() => Int, { description: "Number of analyses of the runs or of their elites." })
  readonly analyses!: number;

  @Field(() => Int, { description: "Number of images that are deleted because nothing else uses them." })
  readonly images!: number;

  @Field(() => Int, { description: "Number of images that are kept because another run, a study or a photo uses them." })
  readonly keptImages!: number;

  @Field(() => Float, { description: "Bytes of deleted images and genomes in the object store." })
  readonly bytes!: number;

  @Field(() => Boolean, {
    description: "Whether the numbers of images and bytes are estimates: of more than 20,000 images, a random sample is checked.",
  })
  readonly isEstimate!: boolean;
}

@Requires("trash:read")
@ObjectType("TrashChangeSuccess", { description: "The change was made for all objects that are not refused." })
export class TrashChangeSuccess {
  @Field(() => [ID], { description: "IDs of the runs and experiments that changed. The others were already in the requested state." })
  readonly changedIds!: readonly string[];

  @Field(() => Int, { description: "Number of changed runs, including the experiments' runs." })
  readonly runCount!: number;

  @Field(() => Int, { description: "Number of running runs that are being cancelled." })
  readonly cancelledCount!: number;

  @Field(() => [RefusedItemType], { description: "Objects that were not changed, with reasons." })
  readonly refused!: readonly RefusedItemType[];
}

const payload = (mutation: string, name: string): object =>
  payloadOf({ name, description: `Result of \`${mutation}\`.`, success: TrashChangeSuccess, missing: false });

export const TrashRunsPayload = payload("trashRuns", "TrashRunsPayload");
export const TrashExperimentsPayload = payload("trashExperiments", "TrashExperimentsPayload");
export const RestoreRunsPayload = payload("restoreRuns", "RestoreRunsPayload");
export const RestoreExperimentsPayload = payload("restoreExperiments", "RestoreExperimentsPayload");
export const DeleteFromTrashPayload = payload("deleteFromTrash", "DeleteFromTrashPayload");
export const EmptyTrashPayload = payload("emptyTrash", "EmptyTrashPayload");
