/** Resolves saved comparisons: the list, the mutations, and what the snapshot keeps. */
import { type ComparisonSnapshot, resultTypes, type SnapshotImage } from "@pareidolia/core/comparisonSnapshot";
import type { ImageRecord } from "@pareidolia/persistence/lab/images/readImages";
import type { SavedComparisonRecord } from "@pareidolia/persistence/lab/savedComparisons/readSavedComparisons";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import {
  ComparedClaimType,
  ComparedCurveType,
  ComparedFiguresType,
  ComparedMeasure,
  ComparedOutcomesType,
  ComparedParameterType,
  ComparedReachType,
  ComparedTestsType,
} from "../comparison/comparison.type.ts";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId, savedComparisonKey } from "../globalId/globalId.ts";
import { ImageType } from "../image/image.type.ts";
import { computationCost, statementCost, surveyCost } from "../limits/costs.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { EditSavedComparisonInput, SaveComparisonInput, SavedComparisonInput } from "./savedComparison.input.ts";
import {
  DeleteSavedComparisonPayload,
  EditSavedComparisonPayload,
  RestoreSavedComparisonPayload,
  SaveComparisonPayload,
  SavedComparisonImageType,
  SavedComparisonRowType,
  SavedComparisonType,
  savedComparisonConnection,
} from "./savedComparison.type.ts";

type Success = Payload<{ savedComparison: SavedComparisonRecord }>;

@Resolver(() => SavedComparisonType)
export class SavedComparisonResolver {
  @Requires("savedComparison:read")
  @Query(() => savedComparisonConnection.connection, {
    complexity: statementCost,
    description: "The saved comparisons of your workspace, newest first.",
  })
  savedComparisons(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<SavedComparisonRecord>> {
    return services.savedComparisons.list(actor, page);
  }

  @Requires("savedComparison:create")
  @Mutation(() => SaveComparisonPayload, {
    complexity: surveyCost,
    description: "Saves a comparison of runs with its figures and images as they are now.",
  })
  saveComparison(
    @Arg("input", () => SaveComparisonInput, { description: "Input of `saveComparison`." }) input: SaveComparisonInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Success> {
    return resolvePayload("SavedComparisonSuccess", async () => ({
      savedComparison: await services.savedComparisons.save(actor, input),
    }));
  }

  @Requires("savedComparison:change")
  @Mutation(() => EditSavedComparisonPayload, {
    description: "Changes the title or the notes of a saved comparison. Its figures and images stay as they are.",
  })
  editSavedComparison(
    @Arg("input", () => EditSavedComparisonInput, { description: "Input of `editSavedComparison`." }) input: EditSavedComparisonInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Success> {
    return resolvePayload("SavedComparisonSuccess", async () => ({
      savedComparison: await services.savedComparisons.edit(actor, input),
    }));
  }

  @Requires("savedComparison:delete")
  @Mutation(() => DeleteSavedComparisonPayload, { description: "Deletes a saved comparison. Its runs are unaffected." })
  deleteSavedComparison(
    @Arg("input", () => SavedComparisonInput, { description: "The saved comparison." }) input: SavedComparisonInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ deletedId: string }>> {
    return resolvePayload("DeleteSavedComparisonSuccess", async () => {
      const { id } = await services.savedComparisons.delete(actor, input.savedComparisonId);
      return { deletedId: encodeGlobalId("SavedComparison", id) };
    });
  }

  @Requires("savedComparison:restore")
  @Mutation(() => RestoreSavedComparisonPayload, {
    description: "Restores a saved comparison that was deleted within the last hour.",
  })
  restoreSavedComparison(
    @Arg("input", () => SavedComparisonInput, { description: "The saved comparison." }) input: SavedComparisonInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Success> {
    return resolvePayload("SavedComparisonSuccess", async () => ({
      savedComparison: await services.savedComparisons.restore(actor, input.savedComparisonId),
    }));
  }

  @FieldResolver(() => ID, { description: "Opaque ID, unique across all types." })
  id(@Root() { id }: SavedComparisonRecord): string {
    return encodeGlobalId("SavedComparison", id);
  }

  @FieldResolver(() => String, { description: "Its key, such as CMP-4. Arguments that take its ID accept it too." })
  key(@Root() { number }: SavedComparisonRecord): string {
    return savedComparisonKey(number);
  }

  @FieldResolver(() => UserType, { nullable: true, description: "Who saved it." })
  createdBy(@Root() { createdById }: SavedComparisonRecord, @Ctx() { loaders }: ApiContext): Promise<UserRecord | null> {
    return loaders.user.load(createdById);
  }

  @FieldResolver(() => Boolean, { description: "Whether you may rename it, edit its notes and delete it." })
  mayEdit(@Root() row: SavedComparisonRecord, @Ctx() { actor, services }: ApiContext): boolean {
    return services.savedComparisons.mayEdit(actor, row);
  }

  @FieldResolver(() => Int, {
    complexity: computationCost,
    description: "The last generation that any run had stored; -1 if there was none.",
  })
  async lastGeneration(@Root() row: SavedComparisonRecord, @Ctx() { loaders }: ApiContext): Promise<number> {
    return (await loaders.comparisonSnapshot.load(row)).lastGeneration;
  }

  @FieldResolver(() => [ComparedParameterType], {
    complexity: computationCost,
    description: "Settings of all runs, with those that differ first.",
  })
  async parameters(@Root() row: SavedComparisonRecord, @Ctx() { loaders }: ApiContext): Promise<readonly ComparedParameterType[]> {
    return (await loaders.comparisonSnapshot.load(row)).parameters;
  }

  @FieldResolver(() => [ComparedClaimType], {
    complexity: computationCost,
    description: "Metrics of imported runs, as their sources stated them.",
  })
  async claims(@Root() row: SavedComparisonRecord, @Ctx() { loaders }: ApiContext): Promise<readonly ComparedClaimType[]> {
    return (await loaders.comparisonSnapshot.load(row)).claims;
  }

  @FieldResolver(() => [ComparedOutcomesType], {
    nullable: true,
    complexity: computationCost,
    description: "What each entry's runs had reached; null if it was saved by a version that did not keep it.",
  })
  async outcomes(@Root() row: SavedComparisonRecord, @Ctx() { loaders }: ApiContext): Promise<readonly ComparedOutcomesType[] | null> {
    return (await loaders.comparisonSnapshot.load(row)).outcomes;
  }

  @FieldResolver(() => [ComparedCurveType], { complexity: computationCost, description: "Each entry's curve." })
  async curves(@Root() row: SavedComparisonRecord, @Ctx() { loaders }: ApiContext): Promise<readonly ComparedCurveType[]> {
    return (await loaders.comparisonSnapshot.load(row)).curves;
  }

  @FieldResolver(() => [ComparedFiguresType], {
    complexity: computationCost,
    description: "Each entry's archives in the generation compared.",
  })
  async figures(@Root() row: SavedComparisonRecord, @Ctx() { loaders }: ApiContext): Promise<readonly ComparedFiguresType[]> {
    return (await loaders.comparisonSnapshot.load(row)).figures;
  }

  @FieldResolver(() => [ComparedReachType], {
    complexity: computationCost,
    description: "When each entry's runs first fooled the network.",
  })
  async reach(@Root() row: SavedComparisonRecord, @Ctx() { loaders }: ApiContext): Promise<readonly ComparedReachType[]> {
    return (await loaders.comparisonSnapshot.load(row)).reach;
  }

  @FieldResolver(() => ComparedTestsType, {
    complexity: computationCost,
    description: "Tests between the entries, or of each entry and the baseline.",
  })
  async tests(
    @Root() row: SavedComparisonRecord,
    @Arg("measure", () => ComparedMeasure, { defaultValue: ComparedMeasure.MEDIAN, description: "The measure to compare." })
    measure: ComparedMeasure,
    @Ctx() { loaders }: ApiContext,
  ): Promise<ComparisonSnapshot["tests"]["median"]> {
    return (await loaders.comparisonSnapshot.load(row)).tests[measure];
  }

  @FieldResolver(() => [SavedComparisonRowType], { complexity: surveyCost, description: "The images, by class." })
  async rows(@Root() row: SavedComparisonRecord, @Ctx() { loaders }: ApiContext): Promise<ComparisonSnapshot["rows"]> {
    return (await loaders.comparisonSnapshot.load(row)).rows;
  }
}

@Resolver(() => SavedComparisonImageType)
export class SavedComparisonImageResolver {
  @FieldResolver(() => ID, { description: "ID of the elite, trajectory or perturbation. It may have been deleted since." })
  resultId(@Root() { resultType, resultId }: SnapshotImage): string {
    return encodeGlobalId(resultType, resultId);
  }

  @FieldResolver(() => String, { description: `Type of the result: ${resultTypes.join(", ")}.` })
  resultType(@Root() { resultType }: SnapshotImage): string {
    return resultType;
  }

  @FieldResolver(() => ImageType, { nullable: true, description: "The stored image, which stays when its run is deleted." })
  image(@Root() { sha256 }: SnapshotImage, @Ctx() { loaders }: ApiContext): Promise<ImageRecord | null> {
    return loaders.image.load(sha256);
  }
}
