/** Resolves the subscription to what changes in the workspace. */
import { Arg, Ctx, Float, Resolver, Root, Subscription } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { Requires } from "../policy/requires.ts";
import { WorkspaceChange } from "./workspaceChange.type.ts";

@Resolver()
export class WorkspaceChangeResolver {
  @Requires("workspaceChange:read")
  @Subscription(() => WorkspaceChange, {
    description:
      "Reports which runs, experiments, sweeps, saved comparisons, webhooks and bulk queries have changed, with a delay of a quarter of a second. The first event has the changes after `since`, if any. Reload the objects that you show. Changes are kept for a day.",
    subscribe: ({ args, context }) => {
      const { actor, services } = context as ApiContext;
      const { since = null } = args as { readonly since?: number | null };
      return services.workspaceChanges.follow(actor, since);
    },
  })
  workspaceChanges(
    @Arg("since", () => Float, {
      nullable: true,
      description: "The last `seq` that the client has received. Without it, the first event says that anything may have changed.",
    })
    _since: number | null | undefined,
    @Root() change: WorkspaceChange,
    @Ctx() context: ApiContext,
  ): WorkspaceChange {
    context.loaders = context.createLoaders();
    return change;
  }
}
