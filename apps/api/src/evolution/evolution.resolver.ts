/** Resolves the mutation that starts evolutions, and the fields that only evolutions have. */
import type { EliteRecord } from "@pareidolia/persistence/lab/elites/readElites";
import type { GenerationRecord, MilestoneRecord } from "@pareidolia/persistence/lab/generations/readGenerations";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Arg, Ctx, Extensions, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { EliteType } from "../elite/elite.type.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { statementCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import { EvolutionRunType } from "../run/runsByKind.type.ts";
import { GenerationStatisticsType, MilestoneType } from "../run/statistics.type.ts";
import { StartEvolutionInput } from "./evolution.input.ts";
import { StartEvolutionPayload } from "./evolution.type.ts";

/** The successor still fits the 32-bit column. */
const latestGeneration = 2_147_483_646;

@Resolver(() => EvolutionRunType)
export class EvolutionResolver {
  @Requires("run:start")
  @Mutation(() => StartEvolutionPayload, { description: "Queues an evolution. A free worker starts it immediately." })
  startEvolution(
    @Arg("input", () => StartEvolutionInput, { description: "The evolution to start." }) input: StartEvolutionInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ run: RunRecord }>> {
    return resolvePayload("StartEvolutionSuccess", async () => ({ run: await services.evolutions.start(actor, input) }));
  }

  @FieldResolver(() => String, { description: "ID of the encoding." })
  encoding(@Root() run: RunRecord<"evolution">): string {
    return run.plan.encoding;
  }

  @FieldResolver(() => Int, { description: "Number of generations after generation 0." })
  generations(@Root() run: RunRecord<"evolution">): number {
    return run.plan.generations;
  }

  @FieldResolver(() => Int, { description: "Individuals per generation." })
  offspring(@Root() run: RunRecord<"evolution">): number {
    return run.plan.offspring;
  }

  @FieldResolver(() => Int, { nullable: true, description: "The last generation in the checkpoint; null before the first checkpoint." })
  generation(@Root() run: RunRecord<"evolution">): number | null {
    return run.generation;
  }

  @Extensions({ once: 2 * statementCost })
  @FieldResolver(() => [EliteType], {
    description: "Current elites in niche order, at most one per class of the model (10 for MNIST, 1,000 for ImageNet).",
  })
  async archive(
    @Root() run: RunRecord<"evolution">,
    @Arg("best", () => Int, {
      nullable: true,
      description: "Return only this many elites, highest confidence first; at least 1. Default: all elites.",
    })
    best: number | null | undefined,
    @Ctx() { actor, loaders, services }: ApiContext,
  ): Promise<EliteRecord[]> {
    return services.elites.chooseBest(actor, await loaders.archive.load(run.id), best);
  }

  @FieldResolver(() => [EliteType], {
    complexity: statementCost,
    description: "The elites in the archive after a generation, in niche order.",
  })
  archiveAt(
    @Root() run: RunRecord<"evolution">,
    @Arg("generation", () => Int, { description: "Number of the generation, from 0 to `generations`." }) generation: number,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<EliteRecord[]> {
    return services.elites.readArchiveAt(actor, run, generation);
  }

  @FieldResolver(() => [GenerationStatisticsType], { description: "Statistics of each stored generation, in order." })
  statistics(
    @Root() run: RunRecord<"evolution">,
    @Arg("since", () => Int, { nullable: true, description: "Only generations after this one. Default: all." }) since:
      | number
      | null
      | undefined,
    @Ctx() { loaders }: ApiContext,
  ): Promise<GenerationRecord[]> {
    return loaders.statistics.load({ run, from: since == null ? 0 : Math.min(since, latestGeneration) + 1 });
  }

  @FieldResolver(() => [MilestoneType], {
    description: "Number of niches at or above each of five confidences, and the generation in which the median reached it.",
  })
  milestones(@Root() run: RunRecord<"evolution">, @Ctx() { loaders }: ApiContext): Promise<MilestoneRecord[]> {
    return loaders.milestones.load(run);
  }
}
