/** Resolves the difficulty of a run's classes. */
import type { RunRecord } from "@pareidolia/persistence/runs/readRuns";
import { Ctx, Extensions, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { difficultyCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { RunType } from "../run/run.type.ts";
import { ofKinds } from "../run/runTypeName.ts";
import { DifficultyType } from "./difficulty.type.ts";

@Resolver(() => RunType)
export class DifficultyResolver {
  @Extensions(ofKinds(["evolution"]))
  @FieldResolver(() => DifficultyType, {
    complexity: difficultyCost,
    description: "Difficulty of the classes: how much other classes compete with each of them.",
  })
  async difficulty(@Root() run: RunRecord, @Ctx() { actor, services, loaders }: ApiContext): Promise<DifficultyType> {
    const { labels } = await loadExisting(loaders.model, run.modelId);
    return services.difficulty.read(actor, run, labels);
  }
}
