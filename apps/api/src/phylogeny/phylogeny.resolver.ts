/** Resolves a run's phylogeny. */
import type { RunRecord } from "@pareidolia/persistence/runs/readRuns";
import { Arg, Ctx, Extensions, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { ancestryCost, maxAncestors } from "../limits/costs.ts";
import { RunType } from "../run/run.type.ts";
import { ofKinds } from "../run/runTypeName.ts";
import { PhylogenyType } from "./phylogeny.type.ts";

const defaultNodes = 1_000;

@Resolver(() => RunType)
export class PhylogenyResolver {
  @Extensions(ofKinds(["evolution"]))
  @FieldResolver(() => PhylogenyType, {
    nullable: true,
    complexity: ancestryCost,
    description:
      `Lines of descent of the current elites, across niches. Null if they have more than ${maxAncestors.toLocaleString("en")} ` +
      "ancestors.",
  })
  phylogeny(
    @Root() run: RunRecord,
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
