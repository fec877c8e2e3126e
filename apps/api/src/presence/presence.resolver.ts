/** Resolves who else has a page open. */
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { Requires } from "../policy/requires.ts";
import { UserType } from "../viewer/viewer.type.ts";
import type { Presence } from "./presence.service.ts";
import { PresenceType } from "./presence.type.ts";

@Resolver(() => PresenceType)
export class PresenceResolver {
  @Requires("presence:read")
  @Subscription(() => PresenceType, {
    description:
      "The other members who follow the same run, experiment or sweep by this subscription: at once, and after each change. While it lasts, they see you too.",
    subscribe: ({ args, context }) => {
      const { actor, services } = context as ApiContext;
      return services.presence.follow(actor, (args as { subjectId: string }).subjectId);
    },
  })
  presenceChanges(
    @Root() presence: Presence,
    @Arg("subjectId", () => ID, { description: "ID or key of the run, experiment or sweep." }) _subjectId: string,
    @Ctx() context: ApiContext,
  ): Presence {
    context.loaders = context.createLoaders();
    return presence;
  }

  @FieldResolver(() => [UserType])
  async users(@Root() { userIds }: Presence, @Ctx() { loaders }: ApiContext): Promise<UserRecord[]> {
    const users = await loaders.user.loadMany([...userIds]);
    return users.filter((user): user is UserRecord => user !== null && !(user instanceof Error));
  }
}
