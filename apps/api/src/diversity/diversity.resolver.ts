/** Resolves the diversity between runs. */
import type { EliteRecord } from "@pareidolia/persistence/lab/elites/readElites";
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { EliteType } from "../elite/elite.type.ts";
import { surveyCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import type { Diversity } from "./diversity.service.ts";
import { DiversityType } from "./diversity.type.ts";

@Resolver(() => DiversityType)
export class DiversityResolver {
  @Requires("diversity:read")
  @Query(() => DiversityType, {
    complexity: surveyCost,
    description: "Diversity of the images that several evolutions found for one class.",
  })
  diversity(
    @Arg("niche", () => Int, { description: "Index of the class." }) niche: number,
    @Arg("experimentId", () => ID, {
      nullable: true,
      description: "Evolutions of this experiment, at most 50: an ID, or a key such as EXP-12. Required unless `runIds` is given.",
    })
    experimentId: string | null | undefined,
    @Arg("runIds", () => [ID], { nullable: true, description: "IDs or keys of 1 to 50 evolutions. Not together with `experimentId`." })
    runIds: string[] | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Diversity> {
    return services.diversity.read(actor, { experimentId, runIds, niche });
  }

  @FieldResolver(() => [EliteType], { description: "Current elites of the niche, one per run that has filled it." })
  elites(@Root() diversity: Diversity): readonly EliteRecord[] {
    return diversity.elites;
  }
}
