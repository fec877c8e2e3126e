/** Resolves the subscription to what changes in the workspace. */
import { Ctx, Resolver, Root, Subscription } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { Requires } from "../policy/requires.ts";
import { WorkspaceChange } from "./workspaceChange.type.ts";

@Resolver()
export class WorkspaceChangeResolver {
  @Requires("workspaceChange:read")
  @Subscription(() => WorkspaceChange, {
    description:
      "Reports which runs, experiments, sweeps, saved comparisons, webhooks and bulk queries have changed, with a delay of a quarter of a second. Reload those that you show.",
    subscribe: ({ context }) => {
      const { actor, services } = context as ApiContext;
      return services.workspaceChanges.follow(actor);
    },
  })
  workspaceChanges(@Root() change: WorkspaceChange, @Ctx() context: ApiContext): WorkspaceChange {
    context.loaders = context.createLoaders();
    return change;
  }
}
