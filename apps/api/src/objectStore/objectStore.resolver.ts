/** Resolves the status of the object store. */

import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { DamagedFile } from "@pareidolia/persistence/server/objectStores/objectStore";
import { Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { computationCost, statementCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import type { ObjectStoreRecord } from "./objectStore.service.ts";
import { DamagedFileType, ObjectStoreType } from "./objectStore.type.ts";

const maxKeys = 100;

@Resolver(() => ObjectStoreType)
export class ObjectStoreResolver {
  @Requires("store:read")
  @Query(() => ObjectStoreType, { complexity: computationCost, description: "Location and status of the object store." })
  objectStore(@Ctx() { actor, services }: ApiContext): Promise<ObjectStoreRecord> {
    return services.objectStore.get(actor);
  }

  @FieldResolver(() => [DamagedFileType], {
    complexity: computationCost,
    description:
      "Damaged files; empty during an outage of the store. Images in other files are not affected. " +
      "`npm run store -- repair` redraws lost images or restores them from a copy.",
  })
  damagedFiles(@Ctx() { actor, services }: ApiContext): Promise<readonly DamagedFile[]> {
    return services.objectStore.listDamage(actor);
  }
}

@Resolver(() => DamagedFileType)
export class DamagedFileResolver {
  @FieldResolver(() => Int)
  lostCount(@Root() file: DamagedFile): number {
    return file.lost.length;
  }

  @FieldResolver(() => [String])
  lost(@Root() file: DamagedFile): readonly string[] {
    return file.lost.slice(0, maxKeys);
  }

  @FieldResolver(() => [RunType], { complexity: statementCost, description: "Runs that use lost images, at most 100." })
  runs(@Root() file: DamagedFile, @Ctx() { actor, services }: ApiContext): Promise<RunRecord[]> {
    return services.objectStore.findRunsOf(actor, file);
  }
}
