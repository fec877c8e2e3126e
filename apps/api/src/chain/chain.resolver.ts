/** Resolves retraining chains. */
import { type ChainDataset, chainDatasets } from "@pareidolia/core/retrainingChain";
import type { ChainEliteRecord, ChainLinkRecord, ChainRecord } from "@pareidolia/persistence/lab/chains/readChains";
import type { ImageRecord } from "@pareidolia/persistence/lab/images/readImages";
import type { ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ImageType } from "../image/image.type.ts";
import { loadExisting } from "../loadExisting.ts";
import { MethodDefinitionType } from "../method/method.type.ts";
import type { Method } from "../method/methods.ts";
import { ModelType } from "../model/model.type.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { RetrainingRunType } from "../run/runsByKind.type.ts";
import { StartChainInput } from "./chain.input.ts";
import { ChainDatasetType, ChainEliteType, ChainLinkType, ChainType, chainConnection, StartChainPayload } from "./chain.type.ts";

@Resolver(() => ChainType)
export class ChainResolver {
  @Requires("chain:read")
  @Query(() => chainConnection.connection, { description: "Retraining chains in your workspace, newest first." })
  chains(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<ChainRecord>> {
    return services.chains.list(actor, args);
  }

  @Requires("chain:read")
  @Query(() => ChainType, { description: "Fetches a retraining chain by its ID." })
  chain(
    @Arg("id", () => ID, { description: "The chain to read, by its ID." }) id: string,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<ChainRecord> {
    return services.chains.getByReference(actor, id, "id");
  }

  @Requires("chain:read")
  @Query(() => [ChainDatasetType], { description: "All data sets that a retraining chain can train on." })
  chainDatasets(@Ctx() { actor, services }: ApiContext): readonly ChainDataset[] {
    return services.chains.listDatasets(actor);
  }

  @Requires("encoding:read")
  @Query(() => [MethodDefinitionType], { description: "Ways to retrain networks, with their parameters and presets." })
  chainRecipes(@Ctx() { actor, services }: ApiContext): readonly Method[] {
    return services.methods.list(actor, "retraining");
  }

  @Requires("chain:start")
  @Mutation(() => StartChainPayload, { description: "Queues a retraining chain. Pause, resume and cancel `Chain.run` like any other run." })
  startChain(
    @Arg("input", () => StartChainInput, { description: "The chain to start." }) input: StartChainInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ chain: ChainRecord }>> {
    return resolvePayload("StartChainSuccess", async () => ({ chain: await services.chains.start(actor, input) }));
  }

  @FieldResolver(() => ID, { description: "Opaque ID, unique across all types." })
  id(@Root() chain: ChainRecord): string {
    return encodeGlobalId("Chain", chain.id);
  }

  @FieldResolver(() => RetrainingRunType, { description: "The run that computes the chain, with its state, seed, parameters and log." })
  run(@Root() chain: ChainRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord> {
    return loadExisting(loaders.run, chain.runId);
  }

  @FieldResolver(() => ChainDatasetType, { description: "The data set that the chain's networks are trained on." })
  dataset(@Root() chain: ChainRecord): ChainDataset {
    const known = chainDatasets.find(({ id }) => id === chain.dataset);
    return known ?? { id: chain.dataset, label: chain.dataset, description: "", classes: 0 };
  }

  @FieldResolver(() => [ChainLinkType], { description: "All links of the chain, from DNN_1 to the last, including those not started yet." })
  links(@Root() chain: ChainRecord, @Ctx() { loaders }: ApiContext): Promise<ChainLinkRecord[]> {
    return loaders.chainLinks.load(chain.id);
  }

  @FieldResolver(() => [ChainEliteType], {
    description: "Elites of the latest link that succeeded. Empty until one succeeds.",
  })
  async latestElites(@Root() chain: ChainRecord, @Ctx() { loaders }: ApiContext): Promise<ChainEliteRecord[]> {
    const links = await loaders.chainLinks.load(chain.id);
    const last = links.findLast(({ state }) => state === "SUCCEEDED");
    return last === undefined ? [] : loaders.chainElites.load(last.id);
  }
}

@Resolver(() => ChainLinkType)
export class ChainLinkResolver {
  @FieldResolver(() => ModelType, { nullable: true, description: "The link's network; null until it is trained." })
  async model(@Root() link: ChainLinkRecord, @Ctx() { loaders }: ApiContext): Promise<ModelRecord | null> {
    return link.modelId === null ? null : loaders.model.load(link.modelId);
  }

  @FieldResolver(() => [ChainEliteType], {
    description: "Archive of the first evolution against the link's network, in niche order; empty until the link has succeeded.",
  })
  elites(@Root() link: ChainLinkRecord, @Ctx() { loaders }: ApiContext): Promise<ChainEliteRecord[]> {
    return loaders.chainElites.load(link.id);
  }
}

@Resolver(() => ChainEliteType)
export class ChainEliteResolver {
  @FieldResolver(() => ImageType, { description: "The image, as stored." })
  image(@Root() elite: ChainEliteRecord, @Ctx() { loaders }: ApiContext): Promise<ImageRecord> {
    return loadExisting(loaders.image, elite.imageSha256);
  }
}

@Resolver(() => RetrainingRunType)
export class RunChainResolver {
  @FieldResolver(() => ChainType, { nullable: true, description: "The retraining chain that the run trains." })
  chain(@Root() run: RunRecord<"retraining">, @Ctx() { loaders }: ApiContext): Promise<ChainRecord | null> | null {
    return loaders.chainOfRun.load(run.id);
  }
}
