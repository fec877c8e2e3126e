/** Resolves the images of a comparison's grid. */
import type { EliteRecord } from "@pareidolia/persistence/elites/readElites";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { EliteType } from "../elite/elite.type.ts";
import type { ComparedRow } from "./comparison.service.ts";
import { ComparedRowType } from "./comparison.type.ts";

@Resolver(() => ComparedRowType)
export class ComparedRowResolver {
  @FieldResolver(() => [EliteType], {
    nullable: "items",
    description: "The elite of greatest confidence among each entry's runs, in the order of the entries; null if an entry has none.",
  })
  async elites(@Root() { eliteIds }: ComparedRow, @Ctx() { loaders }: ApiContext): Promise<(EliteRecord | null)[]> {
    return Promise.all(eliteIds.map(async (id) => (id === null ? null : loaders.elite.load(id))));
  }
}
