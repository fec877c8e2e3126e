/** Resolves the viewer, people and workspaces. */
import type { UserRecord, WorkspaceRecord } from "@pareidolia/persistence/queries/workspaceQueries";
import { Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ownStatement } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { Requires } from "../policy/requires.ts";
import { UserType, ViewerType, WorkspaceType } from "./viewer.type.ts";

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Requires("workspace:read")
  @Query(() => ViewerType, { description: "Who asks, in which workspace." })
  viewer(@Ctx() { actor, services }: ApiContext): Pick<ViewerType, "role"> {
    return services.viewer.get(actor);
  }

  @FieldResolver(() => UserType, { description: "You." })
  user(@Ctx() { actor, loaders }: ApiContext): Promise<UserRecord> {
    return loadExisting(loaders.user, actor.userId);
  }

  @FieldResolver(() => WorkspaceType, { description: "The workspace that everything here belongs to." })
  workspace(@Ctx() { actor, services }: ApiContext): Promise<WorkspaceRecord> {
    return services.viewer.getWorkspace(actor);
  }
}

@Resolver(() => UserType)
export class UserResolver {
  @FieldResolver(() => ID, { description: "Opaque, and unique over all types." })
  id(@Root() user: UserRecord): string {
    return encodeGlobalId("User", user.id);
  }
}

@Resolver(() => WorkspaceType)
export class WorkspaceResolver {
  @FieldResolver(() => ID, { description: "Opaque, and unique over all types." })
  id(@Root() workspace: WorkspaceRecord): string {
    return encodeGlobalId("Workspace", workspace.id);
  }

  @FieldResolver(() => Int, { complexity: ownStatement, description: "Experiments that are not put away." })
  async experimentCount(@Root() workspace: WorkspaceRecord, @Ctx() { actor, services }: ApiContext): Promise<number> {
    return (await services.viewer.countHoldings(actor, workspace.id)).experimentCount;
  }

  @FieldResolver(() => Int, { complexity: ownStatement, description: "Niches that its runs hold now." })
  async eliteCount(@Root() workspace: WorkspaceRecord, @Ctx() { actor, services }: ApiContext): Promise<number> {
    return (await services.viewer.countHoldings(actor, workspace.id)).eliteCount;
  }

  @FieldResolver(() => Int, { complexity: ownStatement, description: "Models that it can use, those of the product too." })
  async modelCount(@Root() workspace: WorkspaceRecord, @Ctx() { actor, services }: ApiContext): Promise<number> {
    return (await services.viewer.countHoldings(actor, workspace.id)).modelCount;
  }
}
