/** Resolves tags, and those of runs and experiments. */
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { TagRecord } from "@pareidolia/persistence/lab/tags/readTags";
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { ExperimentType } from "../experiment/experiment.type.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import { DeleteTagInput, RenameTagInput, TagFilter } from "./tag.input.ts";
import { DeleteTagPayload, RenameTagPayload, TagType, tagConnection } from "./tag.type.ts";

@Resolver(() => TagType)
export class TagResolver {
  @Requires("tag:read")
  @Query(() => tagConnection.connection, { description: "Tags of your workspace, by name." })
  tags(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => TagFilter, { nullable: true, description: "Lists only tags that match all conditions." })
    filter: TagFilter | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<TagRecord>> {
    return services.tags.list(actor, args, filter?.search);
  }

  @Requires("tag:rename")
  @Mutation(() => RenameTagPayload, {
    description: "Renames a tag wherever it is used, or merges it into another. Refused while a locked run or experiment has it.",
  })
  renameTag(
    @Arg("input", () => RenameTagInput, { description: "Input of `renameTag`." }) input: RenameTagInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ tag: TagRecord }>> {
    return resolvePayload("RenameTagSuccess", async () => ({ tag: await services.tags.rename(actor, input) }));
  }

  @Requires("tag:delete")
  @Mutation(() => DeleteTagPayload, {
    description: "Deletes a tag, and takes it off every run and experiment. Refused while a locked one has it. This cannot be undone.",
  })
  deleteTag(
    @Arg("input", () => DeleteTagInput, { description: "Input of `deleteTag`." }) input: DeleteTagInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ deletedId: string; runCount: number; experimentCount: number }>> {
    return resolvePayload("DeleteTagSuccess", async () => {
      const { tag, uses } = await services.tags.delete(actor, input);
      return { deletedId: encodeGlobalId("Tag", tag.id), runCount: uses.runCount, experimentCount: uses.experimentCount };
    });
  }

  @FieldResolver(() => ID, { description: "Opaque ID, unique across all types." })
  id(@Root() tag: TagRecord): string {
    return encodeGlobalId("Tag", tag.id);
  }

  @FieldResolver(() => Int, { description: "Number of runs that have the tag." })
  async runCount(@Root() tag: TagRecord, @Ctx() { loaders }: ApiContext): Promise<number> {
    return (await loaders.tagUses.load(tag)).runCount;
  }

  @FieldResolver(() => Int, { description: "Number of experiments that have the tag." })
  async experimentCount(@Root() tag: TagRecord, @Ctx() { loaders }: ApiContext): Promise<number> {
    return (await loaders.tagUses.load(tag)).experimentCount;
  }
}

@Resolver(() => RunType)
export class RunTagsResolver {
  @FieldResolver(() => [TagType], { description: "Tags of the run, by name; none for everyone but members." })
  tags(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<TagRecord[]> {
    return loaders.tagsOfRun.load(run.id);
  }
}

@Resolver(() => ExperimentType)
export class ExperimentTagsResolver {
  @FieldResolver(() => [TagType], { description: "Tags of the experiment, by name; none for everyone but members." })
  tags(@Root() experiment: ExperimentRecord, @Ctx() { loaders }: ApiContext): Promise<TagRecord[]> {
    return loaders.tagsOfExperiment.load(experiment.id);
  }
}
