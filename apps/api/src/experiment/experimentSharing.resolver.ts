/** Resolves who may read an experiment, the public ones, and the one of a link. */
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { ExperimentType, experimentConnection } from "./experiment.type.ts";
import { SetExperimentVisibilityInput } from "./experimentSharing.input.ts";
import { SetExperimentVisibilityPayload } from "./experimentSharing.type.ts";

@Resolver(() => ExperimentType)
export class ExperimentSharingResolver {
  @Requires("experiment:read")
  @Query(() => experimentConnection.connection, {
    description: "Public experiments of all workspaces that are not archived, latest published first. Needs no sign-in.",
  })
  publicExperiments(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<ExperimentRecord>> {
    return services.experimentSharing.listPublic(actor, args);
  }

  @Requires("experiment:read")
  @Query(() => ExperimentType, {
    nullable: true,
    description:
      "The unlisted experiment whose link came with the request, in the header `x-share-token`; null without one. Needs no sign-in. " +
      "Requests for its images carry the link as the parameter `share`.",
  })
  sharedExperiment(@Ctx() { actor, services }: ApiContext): Promise<ExperimentRecord | null> {
    return services.experimentSharing.readLinked(actor);
  }

  @Requires("experiment:share")
  @Mutation(() => SetExperimentVisibilityPayload, {
    description: "Changes who may read an experiment with its runs, results and images. Takes effect at once. Only for owners.",
  })
  setExperimentVisibility(
    @Arg("input", () => SetExperimentVisibilityInput, { description: "Input of `setExperimentVisibility`." })
    input: SetExperimentVisibilityInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ experiment: ExperimentRecord }>> {
    return resolvePayload("SetExperimentVisibilitySuccess", async () => ({
      experiment: await services.experimentSharing.setVisibility(actor, input),
    }));
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The secret part of the link of an unlisted experiment. Null for everyone but members, for API keys, which the link would outlive, and for other experiments.",
  })
  shareToken(@Root() experiment: ExperimentRecord, @Ctx() { actor, services }: ApiContext): string | null {
    return services.experimentSharing.shareTokenOf(actor, experiment);
  }
}
