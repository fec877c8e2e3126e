/** Resolves the trash and its mutations. */
import type { TrashPreview } from "@pareidolia/persistence/lab/trash/previewTrash";
import type { TrashItemRecord } from "@pareidolia/persistence/lab/trash/readTrash";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId, experimentKey, runKey } from "../globalId/globalId.ts";
import { imagePath } from "../image/imagePath.ts";
import { statementCost, surveyCost } from "../limits/costs.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { DeleteFromTrashInput, TrashExperimentsInput, TrashRunsInput } from "./trash.input.ts";
import {
  DeleteFromTrashPayload,
  EmptyTrashPayload,
  RestoreExperimentsPayload,
  RestoreRunsPayload,
  type TrashChangeSuccess,
  TrashExperimentsPayload,
  TrashItemType,
  TrashPreviewType,
  TrashRunsPayload,
  trashConnection,
} from "./trash.type.ts";

const payloadOf = (change: () => Promise<TrashChangeSuccess>): Promise<Payload<TrashChangeSuccess>> =>
  resolvePayload("TrashChangeSuccess", change);

@Resolver(() => TrashItemType)
export class TrashResolver {
  @Requires("trash:read")
  @Query(() => trashConnection.connection, {
    description: "The workspace's trash: experiments, and runs that were trashed without their experiment, latest first.",
  })
  trash(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<TrashItemRecord>> {
    return services.trash.list(actor, args);
  }

  @Requires("trash:read")
  @Query(() => TrashItemType, {
    nullable: true,
    description:
      "A run or an experiment in the trash. For a run that was trashed with its experiment, the experiment. Null if it is not in the trash.",
  })
  trashItem(
    @Arg("id", () => ID, { description: "ID or key of a run or an experiment." }) id: string,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<TrashItemRecord | null> {
    return services.trash.find(actor, id);
  }

  @Requires("trash:read")
  @Query(() => TrashPreviewType, {
    complexity: surveyCost,
    description:
      "What permanently deleting these runs and experiments would remove, whether or not they are in the trash. Skips those that no longer exist; NOT_FOUND if none exists.",
  })
  trashPreview(
    @Arg("ids", () => [ID], { description: "IDs or keys of runs and experiments, 1 to 500." }) ids: string[],
    @Ctx() { actor, services }: ApiContext,
  ): Promise<TrashPreview> {
    return services.trash.preview(actor, ids);
  }

  @Requires("trash:move")
  @Mutation(() => TrashRunsPayload, {
    description:
      "Moves runs to the trash, in any state. `restoreRuns` undoes it. A running run is cancelled, which restoring does not undo; " +
      "a queued one is not started, and is queued again when it is restored.",
  })
  trashRuns(
    @Arg("input", () => TrashRunsInput, { description: "The runs." }) { runIds }: TrashRunsInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<TrashChangeSuccess>> {
    return payloadOf(() => services.trash.trashRuns(actor, runIds));
  }

  @Requires("trash:move")
  @Mutation(() => TrashExperimentsPayload, {
    description: "Moves experiments with their runs to the trash, as `trashRuns` does. `restoreExperiments` undoes it.",
  })
  trashExperiments(
    @Arg("input", () => TrashExperimentsInput, { description: "The experiments." }) { experimentIds }: TrashExperimentsInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<TrashChangeSuccess>> {
    return payloadOf(() => services.trash.trashExperiments(actor, experimentIds));
  }

  @Requires("trash:restore")
  @Mutation(() => RestoreRunsPayload, {
    description: "Restores runs from the trash. A run whose experiment is in the trash can only be restored with it.",
  })
  restoreRuns(
    @Arg("input", () => TrashRunsInput, { description: "The runs." }) { runIds }: TrashRunsInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<TrashChangeSuccess>> {
    return payloadOf(() => services.trash.restoreRuns(actor, runIds));
  }

  @Requires("trash:restore")
  @Mutation(() => RestoreExperimentsPayload, {
    description: "Restores experiments with the runs that were trashed with them. Runs that were trashed earlier stay in the trash.",
  })
  restoreExperiments(
    @Arg("input", () => TrashExperimentsInput, { description: "The experiments." }) { experimentIds }: TrashExperimentsInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<TrashChangeSuccess>> {
    return payloadOf(() => services.trash.restoreExperiments(actor, experimentIds));
  }

  @Requires("trash:delete")
  @Mutation(() => DeleteFromTrashPayload, {
    description: "Deletes runs and experiments in the trash for good. They leave the trash at once, and a worker deletes their rows.",
  })
  deleteFromTrash(
    @Arg("input", () => DeleteFromTrashInput, { description: "The runs and experiments." }) { ids }: DeleteFromTrashInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<TrashChangeSuccess>> {
    return payloadOf(() => services.trash.deleteFromTrash(actor, ids));
  }

  @Requires("trash:delete")
  @Mutation(() => EmptyTrashPayload, {
    description: "Deletes everything in the workspace's trash for good, except runs that are still being cancelled.",
  })
  emptyTrash(@Ctx() { actor, services }: ApiContext): Promise<Payload<TrashChangeSuccess>> {
    return payloadOf(() => services.trash.emptyTrash(actor));
  }

  @FieldResolver(() => ID, { description: "ID of the run or experiment." })
  id(@Root() { id, subject }: TrashItemRecord): string {
    return encodeGlobalId(subject === "RUN" ? "Run" : "Experiment", id);
  }

  @FieldResolver(() => String, { description: "Short key of the run or experiment, such as RUN-142." })
  key(@Root() { subject, number }: TrashItemRecord): string {
    return subject === "RUN" ? runKey(number) : experimentKey(number);
  }

  @FieldResolver(() => String, { nullable: true, description: "Key of a run's experiment; null for an experiment." })
  experimentKey(@Root() { experimentNumber }: TrashItemRecord): string | null {
    return experimentNumber === null ? null : experimentKey(experimentNumber);
  }

  @FieldResolver(() => UserType, { nullable: true, description: "Who moved it to the trash; null for a retention rule or a former user." })
  async trashedBy(@Root() { trashedById }: TrashItemRecord, @Ctx() { loaders }: ApiContext): Promise<UserRecord | null> {
    return trashedById === null ? null : loaders.user.load(trashedById);
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: "From when a retention rule deletes it for good; null if no rule does.",
  })
  deletedAfter(@Root() item: TrashItemRecord, @Ctx() { loaders }: ApiContext): Promise<Date | null> {
    return loaders.trashDeletion.load(item);
  }

  @FieldResolver(() => [String], {
    complexity: statementCost,
    description: "Addresses of its most confident images, at most four. They are served to members who may read the trash.",
  })
  async images(@Root() item: TrashItemRecord, @Ctx() { actor, loaders }: ApiContext): Promise<string[]> {
    return (await loaders.trashImages.load(item)).map((sha256) => `${imagePath(sha256, actor)}?trash=on`);
  }
}
