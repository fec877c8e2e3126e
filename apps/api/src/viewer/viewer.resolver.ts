/** Resolves the viewer, users and workspaces. */
import type { Role } from "@pareidolia/core/actor";
import type { Suspension } from "@pareidolia/persistence/workspace/workspaces/readMemberships";
import type { UserRecord, WorkspaceRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import type { GraphQLResolveInfo } from "graphql";
import { Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { statementCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import type { Action } from "../policy/actions.ts";
import { Requires } from "../policy/requires.ts";
import { SuspensionType, WorkspaceMembershipType } from "../workspace/workspace.type.ts";
import { RefusedMutationType, RoleEnum, UserType, ViewerType, WorkspaceType } from "./viewer.type.ts";

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Requires("viewer:read")
  @Query(() => ViewerType, {
    description:
      "The signed-in user. A user without a workspace gets the error NO_WORKSPACE for `role`, `workspace` and `changeSeq`, and may read the other fields.",
  })
  viewer(@Ctx() { actor, services }: ApiContext): object {
    return services.viewer.get(actor);
  }

  @FieldResolver(() => RoleEnum, { description: "Role of the user in the workspace." })
  role(@Ctx() { actor, services }: ApiContext): Role {
    return services.viewer.getRole(actor);
  }

  @FieldResolver(() => [RefusedMutationType], {
    description:
      "Mutations that the user's role, or the API key of the request, does not permit in the workspace. Others may still refuse an object, such as a locked run.",
  })
  refusedMutations(@Ctx() { actor, services }: ApiContext, @Info() { schema }: GraphQLResolveInfo): RefusedMutationType[] {
    return services.viewer.listRefusedMutations(actor, schema);
  }

  @FieldResolver(() => [String], {
    description:
      "Actions that the user's role, and the API key of the request, permit in the workspace, such as `run:start`: the names of docs/authorization.md. For what no mutation shows, such as which pages the user may read.",
  })
  permittedActions(@Ctx() { actor, services }: ApiContext): Action[] {
    return services.viewer.listPermittedActions(actor);
  }

  @FieldResolver(() => UserType, { description: "The authenticated user." })
  user(@Ctx() { actor, services, loaders }: ApiContext): Promise<UserRecord> {
    return actor.workspaceId === null ? services.viewer.getUser(actor) : loadExisting(loaders.user, actor.userId);
  }

  @FieldResolver(() => [WorkspaceMembershipType], {
    complexity: statementCost,
    description:
      "Workspaces of the user, in the order of joining; then deleted ones that the user owns and can restore. With an API key: only its own.",
  })
  workspaces(@Ctx() { actor, services }: ApiContext): Promise<WorkspaceMembershipType[]> {
    return services.workspaces.list(actor);
  }

  @FieldResolver(() => [SuspensionType], {
    complexity: statementCost,
    description: "Workspaces in which the user is suspended, the latest suspension first. With an API key: none.",
  })
  suspensions(@Ctx() { actor, services }: ApiContext): Promise<Suspension[]> {
    return services.workspaces.listSuspensions(actor);
  }

  @FieldResolver(() => WorkspaceType, {
    description: "Workspace of the request. Everything that the API lists belongs to it or is shared by all workspaces.",
  })
  workspace(@Ctx() { actor, services }: ApiContext): Promise<WorkspaceRecord> {
    return services.viewer.getWorkspace(actor);
  }
}

@Resolver(() => UserType)
export class UserResolver {
  @FieldResolver(() => ID, { description: "ID of the user: opaque, and unique across all types." })
  id(@Root() user: UserRecord): string {
    return encodeGlobalId("User", user.id);
  }
}

@Resolver(() => WorkspaceType)
export class WorkspaceResolver {
  @FieldResolver(() => ID, { description: "ID of the workspace: opaque, and unique across all types." })
  id(@Root() workspace: WorkspaceRecord): string {
    return encodeGlobalId("Workspace", workspace.id);
  }

  @FieldResolver(() => Int, { complexity: statementCost, description: "Number of experiments that are not archived." })
  async experimentCount(@Root() workspace: WorkspaceRecord, @Ctx() { loaders }: ApiContext): Promise<number> {
    return (await loaders.holdings.load(workspace.id)).experimentCount;
  }

  @FieldResolver(() => Int, { complexity: statementCost, description: "Number of current elites of its runs." })
  async eliteCount(@Root() workspace: WorkspaceRecord, @Ctx() { loaders }: ApiContext): Promise<number> {
    return (await loaders.holdings.load(workspace.id)).eliteCount;
  }

  @FieldResolver(() => Int, {
    complexity: statementCost,
    description: "Number of models that the workspace can use, including the built-in ones.",
  })
  async modelCount(@Root() workspace: WorkspaceRecord, @Ctx() { loaders }: ApiContext): Promise<number> {
    return (await loaders.holdings.load(workspace.id)).modelCount;
  }
}
