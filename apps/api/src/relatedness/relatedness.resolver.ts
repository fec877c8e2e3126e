/** Resolves relatedness and label distance. */
import type { EliteRecord } from "@pareidolia/persistence/lab/elites/readElites";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { EliteType } from "../elite/elite.type.ts";
import { ancestryCost, maxAncestors } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { EvolutionRunType } from "../run/runsByKind.type.ts";
import { checkPairs, maxPairs, type Relatedness, type RelatedPair } from "./relatedness.service.ts";
import { RelatednessType, RelatedPairType } from "./relatedness.type.ts";

const defaultPairs = 100;

@Resolver(() => EvolutionRunType)
export class RunRelatednessResolver {
  @FieldResolver(() => RelatednessType, {
    nullable: true,
    complexity: ancestryCost,
    description:
      "Relatedness of the current elites compared with label distance. " +
      `Null if they have more than ${maxAncestors.toLocaleString("en")} ancestors.`,
  })
  relatedness(@Root() run: RunRecord<"evolution">, @Ctx() { actor, services }: ApiContext): Promise<Relatedness | null> {
    return services.relatedness.read(actor, run);
  }
}

@Resolver(() => RelatednessType)
export class RelatednessResolver {
  @FieldResolver(() => [RelatedPairType], {
    description: "Pairs of niches whose elites share an ancestor, most related first; ties by niche.",
  })
  pairs(
    @Root() relatedness: Relatedness,
    @Arg("limit", () => Int, { defaultValue: defaultPairs, description: `Maximum number of pairs: 1 to ${maxPairs}.` }) limit: number,
  ): readonly RelatedPair[] {
    return relatedness.closest.slice(0, checkPairs(limit));
  }
}

@Resolver(() => RelatedPairType)
export class RelatedPairResolver {
  @FieldResolver(() => EliteType, { description: "Elite of the first niche." })
  firstElite(@Root() pair: RelatedPair, @Ctx() { loaders }: ApiContext): Promise<EliteRecord> {
    return loadExisting(loaders.elite, pair.firstEliteId);
  }

  @FieldResolver(() => EliteType, {
    description: "Elite of the second niche. It has the same image as the first if one genome holds both niches.",
  })
  secondElite(@Root() pair: RelatedPair, @Ctx() { loaders }: ApiContext): Promise<EliteRecord> {
    return loadExisting(loaders.elite, pair.secondEliteId);
  }
}
