/** Resolves where a restored run comes from. */
import type { RestoredFrom } from "@pareidolia/persistence/files/restoring/readRestored";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { statementCost } from "../limits/costs.ts";
import { RunType } from "../run/run.type.ts";
import { RestoredFromType } from "./import.type.ts";

@Resolver(() => RunType)
export class RestoredRunResolver {
  @FieldResolver(() => RestoredFromType, {
    nullable: true,
    complexity: statementCost,
    description: "The run of an export from which an import has restored this one; null for all other runs, and for visitors.",
  })
  async restoredFrom(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<(Omit<RestoredFrom, "at"> & { at: Date }) | null> {
    const found = await loaders.restoredFrom.load(run);
    return found === null ? null : { ...found, at: new Date(found.at) };
  }
}
