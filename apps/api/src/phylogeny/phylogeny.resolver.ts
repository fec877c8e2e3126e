/** Resolves a run's phylogeny. */
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { ancestryCost, maxAncestors } from "../limits/costs.ts";
import { EvolutionRunType } from "../run/runsByKind.type.ts";
import { PhylogenyType } from "./phylogeny.type.ts";

const defaultNodes = 1_000;

@Resolver(() => EvolutionRunType)
export class PhylogenyResolver {
  @FieldResolver(() => PhylogenyType, {
    nullable: true,
    complexity: ancestryCost,
    description:
      `Lines of descent of the current elites, across niches. Null if they have more than ${maxAncestors.toLocaleString("en")} ` +
      "ancestors.",
  })
  phylogeny(
    @Root() run: RunRecord<"evolution">,
    @Arg("limit", () => Int, {
      nullable: true,
      defaultValue: defaultNodes,
      description: "Maximum number of nodes: 1 to 5000. The youngest are returned.",
    })
    limit: number | null,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<PhylogenyType | null> {
    return services.phylogeny.read(actor, run, limit ?? defaultNodes);
  }
}
