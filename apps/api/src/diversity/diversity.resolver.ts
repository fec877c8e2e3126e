/** Resolves the diversity between runs. */
import type { EliteRecord } from "@pareidolia/persistence/queries/eliteQueries";
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { EliteType } from "../elite/elite.type.ts";
import { ownSurvey } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import type { Diversity } from "./diversity.service.ts";
import { DiversityType } from "./diversity.type.ts";

@Resolver(() => DiversityType)
export class DiversityResolver {
  @Requires("elite:read")
  @Query(() => DiversityType, {
    complexity: ownSurvey,
    description: "Images that several runs found for one class, and how different they are.",
  })
  diversity(
    @Arg("niche", () => Int, { description: "The class." }) niche: number,
    @Arg("experimentId", () => ID, { nullable: true, description: "All evolutions of this experiment." })
    experimentId: string | null | undefined,
    @Arg("runIds", () => [ID], { nullable: true, description: "These evolutions, at most 50; not together with an experiment." })
    runIds: string[] | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Diversity> {
    return services.diversity.read(actor, { experimentId, runIds, niche });
  }

  @FieldResolver(() => [EliteType], { description: "One a run that has filled the niche." })
  elites(@Root() diversity: Diversity): readonly EliteRecord[] {
    return diversity.elites;
  }
}
