/** Resolves the subscription to changes of the workspace, and the number after which to start it. */
import { Arg, Ctx, FieldResolver, Float, Resolver, Root, Subscription } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { Requires } from "../policy/requires.ts";
import { ViewerType } from "../viewer/viewer.type.ts";
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
      description:
        "The last `seq` that the client has received, or `viewer.changeSeq`. Without it, the first event says that anything may have changed.",
    })
    _since: number | null | undefined,
    @Root() change: WorkspaceChange,
    @Ctx() context: ApiContext,
  ): WorkspaceChange {
    context.loaders = context.createLoaders();
    return change;
  }
}

@Resolver(() => ViewerType)
export class ChangeSeqResolver {
  @FieldResolver(() => Float, {
    description:
      "Number of the latest change in the workspace. Read it before other data, and pass it as `since` to `workspaceChanges`: every change of that data follows.",
  })
  changeSeq(@Ctx() { actor, services }: ApiContext): Promise<number> {
    return services.workspaceChanges.readSeq(actor);
  }
}
