/** Resolves the difficulty of a run's classes. */
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { difficultyCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { EvolutionRunType } from "../run/runsByKind.type.ts";
import { DifficultyType } from "./difficulty.type.ts";

@Resolver(() => EvolutionRunType)
export class DifficultyResolver {
  @FieldResolver(() => DifficultyType, {
    complexity: difficultyCost,
    description: "Difficulty of the classes: how much other classes compete with each of them.",
  })
  async difficulty(@Root() run: RunRecord<"evolution">, @Ctx() { actor, services, loaders }: ApiContext): Promise<DifficultyType> {
    const { labels } = await loadExisting(loaders.model, run.modelId);
    return services.difficulty.read(actor, run, labels);
  }
}
